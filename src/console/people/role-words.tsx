/** What each role may do, in words. */
import { Icon } from '../shared/icon.js';
import { words } from '../shared/words.js';
import { abilitiesOf } from './role-abilities.js';

const steps = [{ role: 'agent' }, { role: 'lead', below: 'agent' }, { role: 'owner', below: 'lead' }] as const;

export function RoleWords() {
  const w = words.value.people;
  const { roles } = words.value.shell;
  return (
    <section class="card pe-words" aria-label={w.rolesTitle}>
      <div class="card-head">
        <h2>{w.rolesTitle}</h2>
      </div>
      <div class="card-body">
        {steps.map((step) => {
          const below = 'below' in step ? step.below : undefined;
          const own = abilitiesOf(step.role, below).map((one) => w.abilities[one]);
          return (
            <div key={step.role}>
              <h3>{roles[step.role]}</h3>
              <ul class="sm soft">
                {(below === undefined ? own : [w.allOf(roles[below]), ...own]).map((line) => (
                  <li key={line}>
                    <Icon name="check" />
                    <span>{line}</span>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </section>
  );
}
