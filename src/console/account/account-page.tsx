/** What is one's own: password, where one is logged in, language, look, sound. */

import { me } from '../shared/session.js';
import { hasSound } from '../shared/sound.js';
import { type Theme, theme } from '../shared/theme.js';
import { type Language, language, words } from '../shared/words.js';
import { ZoneNote } from '../shared/zone-note.js';
import { TopBar } from '../shell/top-bar.js';
import { PasswordForm } from './password-form.js';
import { Sessions } from './sessions.js';
import './account.css';

export function Page() {
  const w = words.value.account;
  return (
    <>
      <TopBar />
      <main class="page ac-page" id="main">
        <div class="page-head">
          <div>
            <h1>{w.heading}</h1>
            <ZoneNote />
            <p>
              {me.value?.name} · {me.value?.login} · {me.value && words.value.shell.roles[me.value.role]}
            </p>
          </div>
        </div>
        <div class="ac-grid">
          <PasswordForm />
          <section class="card" aria-label={w.looks}>
            <div class="card-head">
              <h2>{w.looks}</h2>
              <span class="xs muted">{w.thisBrowser}</span>
            </div>
            <div class="card-body ac-choices">
              <Choice<Language>
                title={w.language}
                value={language.value}
                options={[
                  ['zh', '中文'],
                  ['en', 'English'],
                ]}
                onPick={(value) => {
                  language.value = value;
                }}
              />
              <Choice<Theme>
                title={w.theme}
                value={theme.value}
                options={[
                  ['system', w.themes.system],
                  ['light', w.themes.light],
                  ['dark', w.themes.dark],
                ]}
                onPick={(value) => {
                  theme.value = value;
                }}
              />
              <div class="ac-choice">
                <span>{w.sound}</span>
                <button
                  type="button"
                  class="switch"
                  role="switch"
                  aria-checked={hasSound.value}
                  aria-label={w.sound}
                  onClick={() => {
                    hasSound.value = !hasSound.peek();
                  }}
                >
                  {hasSound.value ? w.on : w.off}
                </button>
              </div>
            </div>
          </section>
          <Sessions />
        </div>
      </main>
    </>
  );
}

function Choice<T extends string>(props: {
  readonly title: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onPick: (value: T) => void;
}) {
  return (
    <div class="ac-choice">
      <span aria-hidden="true">{props.title}</span>
      <fieldset class="seg" aria-label={props.title}>
        {props.options.map(([value, title]) => (
          <button
            key={value}
            type="button"
            lang={value === 'zh' ? 'zh-CN' : undefined}
            aria-pressed={props.value === value}
            onClick={() => props.onPick(value)}
          >
            {title}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
