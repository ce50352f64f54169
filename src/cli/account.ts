/** Who sits at this machine: for the history of settings and for the audit. */
import { userInfo } from 'node:os';
import type { Actor } from '../storage/people.js';

export function account(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

/** As a running server names the command line, by `zaima-account`. */
export function commandLine(): Actor {
  return { kind: 'cli', id: 'cli', name: `command line (${account()})` };
}
