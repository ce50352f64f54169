/** What each role may do, in words. */
import { Icon } from '../shared/icon.js';
import { words } from '../shared/words.js';

export function RoleWords() {
  const w = words.value.people;
  return (
    <section class="card pe-words" aria-label={w.rolesTitle}>
      <div class="card-head">
        <h2>{w.rolesTitle}</h2>
      </div>
      <div class="card-body">
        {(['agent', 'lead', 'owner'] as const).map((role) => (
          <div key={role}>
            <h3>{words.value.shell.roles[role]}</h3>
            <ul class="sm soft">
              {w.roleMay[role].split('\n').map((line) => (
                <li key={line}>
                  <Icon name="check" />
                  <span>{line}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
