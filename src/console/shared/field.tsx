/** A field of a form with its label, and beside it what the service found wrong with it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Fault } from './api.js';
import { Icon } from './icon.js';

export interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  /** As `faultOf(error, 'name')` tells it. */
  readonly fault?: Fault | undefined;
  /** Spread over the control: its id, and what describes it. */
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean;
  }) => ComponentChildren;
}

export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint !== undefined && `${id}-hint`, fault !== undefined && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': describedBy === '' ? undefined : describedBy, 'aria-invalid': fault !== undefined })}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p class="field-err" id={`${id}-fault`}>
          <Icon name="warn" />
          <span>
            {fault.problem}
            {fault.mend !== '' && ` · ${fault.mend}`}
          </span>
        </p>
      )}
    </div>
  );
}
