/** Websockets as a test sees them. */
import WebSocket from 'ws';

export interface Peer {
  readonly ws: WebSocket;
  /** The next frame that has not been read yet. */
  next(): Promise<any>;
  say(frame: object | string): void;
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** A peer, or how it was refused. */
export async function dial(
  { port }: { port: number },
  options: { token?: string; protocols?: string[]; headers?: Record<string, string>; path?: string } = {},
): Promise<Peer & { status: number; body: any }> {
  const { token, protocols = [], headers = {}, path = '/v1/connect' } = options;
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, {
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  });
  const read: any[] = [];
  const waiting: ((frame: any) => void)[] = [];
  ws.on('message', (data) => {
    const frame = JSON.parse(String(data));
    const first = waiting.shift();
    if (first === undefined) read.push(frame);
    else first(frame);
  });
  const closed = new Promise<{ code: number; reason: string }>((done) =>
    ws.on('close', (code, reason) => done({ code, reason: String(reason) })),
  );
  const peer = {
    ws,
    closed,
    next: () => (read.length > 0 ? Promise.resolve(read.shift()) : new Promise<any>((done) => waiting.push(done))),
    say: (frame: object | string) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
  };
  return new Promise((done, fail) => {
    ws.on('open', () => done({ ...peer, status: 101, body: undefined }));
    ws.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => done({ ...peer, status: response.statusCode ?? 0, body: text === '' ? '' : JSON.parse(text) }));
    });
    ws.on('error', fail);
  });
}
