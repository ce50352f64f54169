/** `zaima shop shadow`: the report of shadow mode, for people to read before the bot is switched to auto. */
import type { Config } from '../config.js';
import { shadowSummary } from '../flow/shadow-report.js';
import { shadowOnTheWire } from '../server/shadow.js';
import type { ShadowAnswerOnTheWire, ShadowReportOnTheWire } from '../server/shadow-wire.js';
import { call, withStorage } from './admin-commands.js';
import { runningServer } from './server-address.js';

export interface ShadowQuestion {
  readonly shop: string;
  /** Milliseconds; undefined: from the start. */
  readonly since: number | undefined;
  readonly limit: number;
}

/** The report with up to `limit` answers, through the running server or from the file. */
export async function shadowReport(config: Config, { shop, since, limit }: ShadowQuestion): Promise<ShadowReportOnTheWire> {
  const server = await runningServer(config.dataDir);
  const answers: ShadowAnswerOnTheWire[] = [];
  let summary: ShadowReportOnTheWire['summary'];
  let cursor = '';
  const page = async (read: (limit: number) => Promise<ShadowReportOnTheWire>): Promise<void> => {
    while (answers.length < limit || summary === undefined) {
      const size = Math.max(1, Math.min(500, limit - answers.length));
      const next = await read(size);
      summary ??= next.summary;
      answers.push(...next.answers.slice(0, limit - answers.length));
      cursor = next.cursor;
      if (next.answers.length < size) return;
    }
  };
  if (server !== undefined) {
    const from = since === undefined ? '' : `&since=${encodeURIComponent(new Date(since).toISOString())}`;
    await page((size) => call(server, 'GET', `/v1/shops/${shop}/shadow?limit=${size}&after=${cursor}${from}`));
  } else {
    await withStorage(config, (storage) =>
      page(async (size) => {
        const rows = await storage.shadowAnswers(shop, since ?? 0, Number(cursor), size);
        return {
          ...(cursor === '' && { summary: await shadowSummary(storage, shop, since ?? 0) }),
          answers: rows.map((row) => shadowOnTheWire(row, config.language)),
          cursor: String(rows.at(-1)?.position ?? cursor),
        };
      }),
    );
  }
  return { ...(summary !== undefined && { summary }), answers, cursor };
}

const headings = {
  auto: '会自动回复 would answer',
  handoff: '会留给人工 would hand over',
  draft: '客服在线，只给草稿 drafted, an agent was there',
  silent: '不回复 silent',
} as const;

/** The report as lines: figures first, then each turn with the buyer's words, what the bot would have said, and the agent's. */
export function shadowLines({ summary, answers }: ShadowReportOnTheWire): readonly string[] {
  if (summary === undefined || summary.answers === 0) return ['影子模式下还没有记录 nothing was recorded in shadow mode'];
  const lines = [
    `${summary.answers} 轮 turns`,
    ...(['auto', 'handoff', 'draft', 'silent'] as const).map(
      (action) => `  ${String(summary.byAction[action]).padStart(5)}  ${headings[action]}`,
    ),
    `  ${(summary.autoShare * 100).toFixed(0).padStart(4)}%  无人时自动回复的比例 answered by itself where nobody was there`,
    `  ${String(summary.wouldSend.answer).padStart(5)}  回复 answers, ${summary.wouldSend.holding} 等候回复 holding replies would have gone out`,
    '意图 intents: auto / handoff / draft',
    ...summary.byIntent.map(
      ({ intent, auto, handoff, draft }) =>
        `  ${intent.padEnd(18)} ${[auto, handoff, draft].map((one) => String(one).padStart(5)).join('')}`,
    ),
  ];
  for (const one of answers) {
    lines.push('', `${one.at} ${one.conversation} · ${headings[one.action]}`, `  买家 ${oneLine(one.said)}`);
    for (const reply of one.replies) {
      lines.push(`  ${one.action === 'draft' ? '草稿' : '会说'} ${oneLine(reply.text)}  (${reply.kind} · ${reply.template})`);
      for (const finding of reply.findings) lines.push(`       ! ${finding.rule}: ${finding.words} → ${finding.wording}`);
    }
    if (one.agent !== undefined)
      lines.push(`  客服 ${one.agent.type === 'text' ? oneLine(one.agent.text) : `[${one.agent.type}]`}  (${one.agent.at})`);
    lines.push(`  因为 ${one.because}`);
  }
  if (answers.length < summary.answers)
    lines.push('', `… ${summary.answers - answers.length} 轮未列出 not shown: --limit, --since`);
  return lines;
}

/** Messages of a burst on one line. */
function oneLine(text: string): string {
  return text.replaceAll('\n', ' / ');
}
