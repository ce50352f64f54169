/** A secret in the configuration: whoever prints, logs or serialises what holds it sees ***. */
import { inspect } from 'node:util';

export class Secret {
  readonly #bytes: readonly Buffer[];

  /** @param bytes the secret, and while rotating the former one. */
  constructor(bytes: readonly Buffer[]) {
    this.#bytes = bytes;
  }

  /** For signing and verifying, and for nothing else. */
  reveal(): readonly Buffer[] {
    return this.#bytes;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}
