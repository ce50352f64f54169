/** What every part of the settings pages draws from. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SettingsState } from './settings-state.js';

export interface SettingsView {
  readonly state: SettingsState;
  /** Who may look and not change: leads. */
  readonly isReadOnly: boolean;
}

export const SettingsContext = createContext<SettingsView | undefined>(undefined);

export function useSettings(): SettingsView {
  const view = useContext(SettingsContext);
  if (view === undefined) throw new Error('stands outside of the settings pages');
  return view;
}
