/** Light or dark: as the system has it, or as somebody chose. */
import { effect } from '@preact/signals';
import { isOneOf, remembered } from './remembered.js';

export type Theme = 'system' | 'light' | 'dark';
export const theme = remembered<Theme>('theme', 'system', isOneOf('system', 'light', 'dark'));

export function isDark(): boolean {
  return theme.value === 'dark' || (theme.value === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}

effect(() => {
  if (theme.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
