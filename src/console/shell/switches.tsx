/** Language and theme, wherever they can be chosen. */
import { Icon } from '../shared/icon.js';
import { isDark, theme } from '../shared/theme.js';
import { language, words } from '../shared/words.js';

export function LanguageSwitch() {
  const isChinese = language.value === 'zh';
  return (
    <button
      type="button"
      class="btn btn-quiet btn-sm"
      lang={isChinese ? 'en' : 'zh-CN'}
      aria-label={isChinese ? 'EN: switch to English' : '中：切换到中文'}
      onClick={() => {
        language.value = isChinese ? 'en' : 'zh';
      }}
    >
      {isChinese ? 'EN' : '中'}
    </button>
  );
}

export function ThemeSwitch() {
  const w = words.value.shell;
  return (
    <button
      type="button"
      class="btn btn-quiet btn-sm"
      aria-label={isDark() ? w.toLight : w.toDark}
      title={isDark() ? w.toLight : w.toDark}
      onClick={() => {
        theme.value = isDark() ? 'light' : 'dark';
      }}
    >
      <Icon name={isDark() ? 'sun' : 'moon'} />
    </button>
  );
}
