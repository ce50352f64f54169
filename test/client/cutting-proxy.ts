/** A stretch of bad network: passes bytes on, and cuts connections at any moment, in the middle of a frame too. */
import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** Where connections lead; a new one counts for later connections. */
  target: number;
  /** Cuts still to be made; then connections hold. */
  cutsLeft: number;
  /** So many of the service's next acknowledgements are lost by a cut: what they tell of is on disk, and nobody knows. */
  acksToLose: number;
  /** Cuts what is open. */
  cutAll(): void;
  close(): Promise<void>;
}

/** @param random decides when: after some bytes in either direction, or after some time */
export async function openCuttingProxy(target: number, cuts: number, random: () => number): Promise<CuttingProxy> {
  const open = new Set<() => void>();
  const server = createServer((near) => {
    const far = connect(proxy.target, '127.0.0.1');
    let isCut = false;
    const cut = (): void => {
      if (isCut) return;
      isCut = true;
      open.delete(cut);
      clearTimeout(timer);
      // Either end may learn of it by a reset or by an end.
      for (const socket of [near, far]) random() < 0.5 ? socket.resetAndDestroy() : socket.destroy();
    };
    open.add(cut);
    const cutNow = (): void => {
      if (isCut || proxy.cutsLeft <= 0) return;
      proxy.cutsLeft -= 1;
      cut();
    };
    let bytesLeft = Math.floor(random() ** 2 * 8000);
    const timer = setTimeout(cutNow, 5 + random() * 120);
    const pass = (from: Socket, to: Socket): void => {
      from.on('data', (chunk) => {
        if (isCut) return;
        // On a busy machine all other cuts may be made before the first acknowledgement comes.
        if (from === far && proxy.acksToLose > 0 && chunk.includes('"type":"ack"')) {
          proxy.acksToLose -= 1;
          if (proxy.cutsLeft > 0) proxy.cutsLeft -= 1;
          cut();
          return;
        }
        if (proxy.cutsLeft > 0 && chunk.length >= bytesLeft) {
          to.write(chunk.subarray(0, bytesLeft), cutNow);
          return;
        }
        bytesLeft -= chunk.length;
        to.write(chunk);
      });
      from.on('error', () => cut());
      from.on('close', () => cut());
    };
    pass(near, far);
    pass(far, near);
  });
  const proxy: CuttingProxy = {
    port: 0,
    target,
    cutsLeft: cuts,
    acksToLose: 0,
    cutAll() {
      for (const cut of open) cut();
    },
    close() {
      proxy.cutAll();
      return new Promise((done) => server.close(() => done()));
    },
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(proxy, { port: (server.address() as { port: number }).port });
}

/** The same row of numbers from 0 to 1 for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
