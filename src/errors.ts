/**
 * Errors and faults. Expected outcomes are values with a reason; exceptions are bugs or IO. One place maps them to HTTP
 * (RFC 9457 problem+json, server.ts) and to the terminal (cli.ts).
 */

import type { FaultTold } from './fault-words.js';

/** One thing wrong in a file of the owner's: where it is and how to mend it. */
export interface Fault extends FaultTold {
  readonly file: string;
  /** 1-based; absent where the file as a whole is meant. */
  readonly line?: number;
  /** Path inside the file: `replies[0].when.fee`. */
  readonly path: string;
  /** `warning` does not stop the start: e.g. a reply that is off because a parameter is not set. */
  readonly severity: 'error' | 'warning';
}

export function faultLine(fault: Fault): string {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`;
  const path = fault.path === '' ? '' : ` ${fault.path}`;
  return `${fault.severity === 'error' ? 'error' : 'warn '} ${place}${path}: ${fault.problem}. ${fault.mend}`;
}

/** All faults of a start at once, so that the owner mends them in one go. */
export class FaultyFiles extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map(faultLine).join('\n'));
    this.name = 'FaultyFiles';
    this.faults = faults;
  }
}

/** What the system says against a file or a call, in words for the terminal; undefined: the system said nothing. */
export function systemWords(error: unknown): string | undefined {
  const { code = '', syscall, path, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return undefined;
  if (path === undefined) return message;
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'is not there: check its name',
    ENOTDIR: 'is not there: a file stands where a folder should',
    EISDIR: 'is a folder: name a file',
    EACCES: 'is not open to this account: mend its rights',
    EPERM: 'is not open to this account: mend its rights',
    EROFS: 'cannot be written: name another place',
    ENOSPC: 'cannot be written: the disk is full',
  };
  return words[code] === undefined ? message : `${path} ${words[code]}`;
}

/** An error that names itself by a stable code and says whether trying again can help. */
export class CodedError extends Error {
  readonly code: string;
  readonly retry: 'never' | 'later';
  constructor(code: string, message: string, retry: 'never' | 'later', options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
    this.retry = retry;
  }
}
