/** A field for any parameter, as the schema describes it: so that a parameter that is added has its field without a word here. */
import { language } from '../shared/words.js';
import type { Path } from './content.js';
import { kindOf, optionsOf } from './field-kind.js';
import {
  type BoundProps,
  ChoiceField,
  DateField,
  ListField,
  NumberField,
  StockField,
  SwitchField,
  TextField,
  YesNoField,
} from './fields.js';
import { Pairs } from './pairs.js';
import { nameOf, parameterAt } from './parameter-words.js';
import { Rows } from './rows.js';
import { TicksField } from './ticks-field.js';

export function AutoField(props: BoundProps) {
  const { path } = props;
  const known = parameterAt(path);
  if (known === undefined) return <TextField {...props} />;
  const kind = kindOf(known);
  const standard = known.default;
  switch (kind) {
    case 'choice':
      return (
        <ChoiceField
          {...props}
          options={optionsOf(known, language.value)}
          {...(standard !== undefined && { required: true, by: String(standard) })}
        />
      );
    case 'switch':
      return <SwitchField {...props} by={standard === true} />;
    case 'yes_no':
      return <YesNoField {...props} />;
    case 'number':
      return <NumberField {...props} />;
    case 'stock':
      return <StockField {...props} />;
    case 'date':
      return <DateField {...props} />;
    case 'ticks':
      return <TicksField {...props} options={optionsOf(known, language.value)} />;
    case 'list':
      return <ListField {...props} />;
    case 'numbers':
      return <ListField {...props} isNumbers />;
    case 'rows':
      return <Rows path={path} Field={AutoField} isTitled={props.isBare !== true} />;
    case 'pairs':
      return <Pairs path={path} Field={AutoField} />;
    case 'group':
      return <Group path={path} />;
    case 'text':
      return <TextField {...props} />;
  }
}

/** The fields of a section, one beside the other. @param without keys that stand elsewhere */
export function Group({
  path,
  without = [],
  isTitled = true,
}: {
  readonly path: Path;
  readonly without?: readonly string[];
  readonly isTitled?: boolean;
}) {
  const keys = Object.keys(parameterAt(path)?.properties ?? {}).filter((key) => !without.includes(key));
  return (
    <fieldset class="group">
      <legend class={isTitled ? undefined : 'sr'}>{nameOf(path, language.value)}</legend>
      <div class="bound-row">
        {keys.map((key) => (
          <AutoField key={key} path={[...path, key]} />
        ))}
      </div>
    </fieldset>
  );
}
