/** A part of a page that is loaded when it is first shown, so that who never asks for it does not wait for it. */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { partMissing } from './updated.js';

/** @param load where it fails (cut off), the next showing tries again */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const loaded = signal<ComponentType<Props> | undefined>(undefined);
  return function Later(props) {
    useEffect(() => {
      if (loaded.peek() === undefined)
        load().then(
          (part) => {
            loaded.value = part;
          },
          () => partMissing(),
        );
    }, []);
    const Part = loaded.value;
    return Part === undefined ? null : <Part {...props} />;
  };
}
