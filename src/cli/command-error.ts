/** A command that cannot do what was asked: the message says why and how to mend it; the process ends with code 1. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}
