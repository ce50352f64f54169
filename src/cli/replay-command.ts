/**
 * `zaima replay`: plays recorded messages through the running server by signed webhook, as a platform would, and tells what
 * became of them. A line is plain text (its own conversation), or JSON `{text, id?, conversation?, author?, item?, …}`.
 */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Pool } from 'undici';
import { CommandError } from './command-error.js';
import { linesOf } from './lines.js';
import { signedCall } from './sign-command.js';

export interface ReplayOptions {
  readonly file: string;
  readonly address: string;
  readonly shop: string;
  readonly secrets: readonly Buffer[];
  readonly limit: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Transcript as JSON lines: `{text, action, because, intents, replies}`. */
  readonly out: string | undefined;
  /** Part of every id, so that one file can be played again. */
  readonly run: string;
}

export interface ReplayCounts {
  readonly messages: number;
  readonly byAction: ReadonlyMap<string, number>;
  readonly byKind: ReadonlyMap<string, number>;
  readonly byIntent: ReadonlyMap<string, number>;
}

interface WireAnswer {
  readonly action: string;
  readonly because: string;
  readonly understanding: { readonly intents: readonly { readonly id: string; readonly confidence: number }[] };
  readonly replies: readonly {
    readonly kind: string;
    readonly text: string;
    readonly characters: number;
    readonly delivery: string;
  }[];
}

const mostRetries = 20;

export async function replay(options: ReplayOptions): Promise<ReplayCounts> {
  const pool = new Pool(options.address, { connections: options.concurrency });
  const out = options.out === undefined ? undefined : createWriteStream(options.out);
  const counts = { byAction: new Map<string, number>(), byKind: new Map<string, number>(), byIntent: new Map<string, number>() };
  let messages = 0;
  const underWay = new Set<Promise<void>>();
  let failure: unknown;
  try {
    for await (const { number, line } of linesOf(options.file)) {
      if (messages >= options.limit) break;
      messages++;
      const task: Promise<void> = play(number, line)
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => underWay.delete(task));
      underWay.add(task);
      if (underWay.size >= options.concurrency) await Promise.race(underWay);
      if (failure !== undefined) break;
    }
    await Promise.all(underWay);
    if (failure !== undefined) throw failure;
  } finally {
    await pool.close();
    if (out !== undefined) {
      out.end();
      await finished(out);
    }
  }
  return { messages, ...counts };

  async function play(number: number, line: string): Promise<void> {
    const body = messageOf(line, number, options.run);
    for (let tries = 0; ; tries++) {
      const call = signedCall(options.address, options.shop, JSON.stringify(body), options.secrets, Date.now(), true);
      const answer = await pool.request({
        method: 'POST',
        path: new URL(call.url).pathname + new URL(call.url).search,
        headers: call.headers,
        body: call.body,
      });
      const text = await answer.body.text();
      if (answer.statusCode === 429 && tries < mostRetries) {
        await new Promise((resolve) => setTimeout(resolve, Number(answer.headers['retry-after'] ?? 1) * 1000));
        continue;
      }
      if (answer.statusCode !== 200) throw new CommandError(`line ${number}: the server said ${answer.statusCode}: ${text}`);
      for (const one of (JSON.parse(text) as { answers?: WireAnswer[] }).answers ?? []) count(String(body.text ?? ''), one);
      return;
    }
  }

  function count(text: string, answer: WireAnswer): void {
    add(counts.byAction, answer.action);
    for (const reply of answer.replies) add(counts.byKind, `${reply.delivery} ${reply.kind}`);
    for (const intent of answer.understanding.intents) add(counts.byIntent, intent.id);
    if (answer.understanding.intents.length === 0) add(counts.byIntent, 'none');
    out?.write(
      `${JSON.stringify({
        text,
        action: answer.action,
        because: answer.because,
        intents: answer.understanding.intents.map(({ id, confidence }) => `${id} ${confidence}`),
        replies: answer.replies.map((reply) => `${reply.kind} [${reply.characters}] ${reply.text}`),
      })}\n`,
    );
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Of a recorded JSON line only what the webhook takes is sent on. */
function messageOf(line: string, number: number, run: string): Record<string, unknown> {
  const given = line.trimStart().startsWith('{') ? parsed(line, number) : { text: line };
  const conversation = `replay-${run}-${given.conversation ?? number}`;
  const message: Record<string, unknown> = {
    id: `${run}-${number}`,
    conversation,
    buyer: { id: `buyer-${conversation}` },
    text: given.text,
  };
  for (const key of ['author', 'type', 'item', 'order']) if (given[key] !== undefined) message[key] = given[key];
  return message;
}

function parsed(line: string, number: number): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    throw new CommandError(`line ${number} is not JSON: ${(error as Error).message}`);
  }
}
