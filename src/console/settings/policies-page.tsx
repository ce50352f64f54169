/** Everything else that is said of a shop: each section of the parameters that has no page of its own, as the schema has it. */
import { language, words } from '../shared/words.js';
import { AutoField, Group } from './auto-field.js';
import { kindOf } from './field-kind.js';
import { useCatalogue } from './lacking.js';
import { nameOf, parameters } from './parameter-words.js';
import { pageOf } from './settings-places.js';

/** Sections that owners look for first; what is not named follows them. */
const order = [
  'pricing',
  'payment',
  'creditCard',
  'cod',
  'invoice',
  'returns',
  'warranty',
  'authenticity',
  'quality',
  'wholesale',
  'bot',
  'desk',
];
/** Of a section what stands on another page. */
const elsewhere: Readonly<Record<string, readonly string[]>> = { bot: ['mode', 'stepIn'] };

export function PoliciesPage() {
  useCatalogue();
  const w = words.value.settings.policies;
  const lang = language.value;
  const properties = Object.entries(parameters.value?.properties ?? {}).filter(
    ([key]) => key !== 'id' && pageOf([key]) === 'policies',
  );
  const isSection = ([, schema]: (typeof properties)[number]) => kindOf(schema) === 'group' || kindOf(schema) === 'pairs';
  const place = ([key]: (typeof properties)[number]) => (order.includes(key) ? order.indexOf(key) : order.length);
  const sections = properties.filter(isSection).sort((a, b) => place(a) - place(b));
  const single = properties.filter((one) => !isSection(one)).map(([key]) => key);
  return (
    <div class="col">
      <nav class="chips" aria-label={w.jump}>
        {sections.map(([key]) => (
          <a class="btn btn-sm" key={key} href={`/settings/policies?field=${key}`}>
            {nameOf([key], lang)}
          </a>
        ))}
      </nav>
      <section class="card" aria-label={w.general}>
        <div class="card-head">
          <h2>{w.general}</h2>
        </div>
        <div class="card-body bound-row">
          {single.map((key) => (
            <AutoField key={key} path={[key]} />
          ))}
        </div>
      </section>
      {sections.map(([key, schema]) => (
        <section class="card" key={key} data-path={key} aria-label={nameOf([key], lang)}>
          <div class="card-head">
            <h2>{nameOf([key], lang)}</h2>
          </div>
          <div class="card-body">
            {kindOf(schema) === 'pairs' ? (
              <AutoField path={[key]} />
            ) : (
              <Group path={[key]} without={elsewhere[key] ?? []} isTitled={false} />
            )}
          </div>
        </section>
      ))}
    </div>
  );
}
