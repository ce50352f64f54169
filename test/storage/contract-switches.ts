import { expect, test } from 'vitest';
import { everyShop, type Storage } from '../../src/storage/storage.js';
import { answer, arrive, evening, finishing, message, reply } from './samples.js';

export function switchContract(storage: () => Storage): void {
  test('a bot that was never switched has no switch', async () => {
    expect(await storage().botSwitch('tea')).toStrictEqual({});
    expect(await storage().botSwitches('tea', 10)).toStrictEqual([]);
  });

  test('the last turn of a switch holds, and every turn is kept with who and when', async () => {
    const off = { mode: 'off', at: evening, by: '店长' } as const;
    const back = { mode: 'auto', at: evening + 60_000, by: '主管' } as const;
    await storage().turnBotSwitch('tea', off);
    expect(await storage().botSwitch('tea')).toStrictEqual({ latest: off, haltedAt: evening });
    await storage().turnBotSwitch('tea', back);
    expect(await storage().botSwitch('tea')).toStrictEqual({ latest: back, haltedAt: evening });
    expect(await storage().botSwitches('tea', 10)).toStrictEqual([back, off]);
    expect(await storage().botSwitches('tea', 1)).toStrictEqual([back]);
  });

  test('the switch of one shop is not that of another, nor that of all', async () => {
    await storage().turnBotSwitch('tea', { mode: 'off', at: evening, by: '店长' });
    expect(await storage().botSwitch('shoes')).toStrictEqual({});
    expect(await storage().botSwitch(everyShop)).toStrictEqual({});
  });

  const shadowed = async (id: string, its: Parameters<typeof answer>[0] = {}) => {
    const version = (await storage().turn('tea', 'c1'))?.conversation.version ?? 0;
    await storage().accept([message({ id: `m-${id}`, receivedAt: evening + version })], arrive);
    const made = answer({
      id,
      inReplyTo: [`m-${id}`],
      shadow: 'auto',
      replies: [reply({ id: `r-${id}`, delivery: 'suggest' })],
      ...its,
    });
    await storage().finish(finishing({ version: version + 1, answer: made }));
    return made;
  };

  test('answers of shadow mode come oldest first, in pages, and no others', async () => {
    const first = await shadowed('a1');
    const { shadow: _, ...plain } = answer({ id: 'a2', inReplyTo: ['m-a2'], replies: [] });
    await storage().accept([message({ id: 'm-a2' })], arrive);
    await storage().finish(finishing({ version: 3, answer: plain }));
    const third = await shadowed('a3', { at: evening + 9000 });
    const all = await storage().shadowAnswers('tea', 0, 0, 10);
    expect(all.map((one) => one.answer)).toStrictEqual([first, third]);
    expect(await storage().shadowAnswers('tea', 0, 0, 1)).toStrictEqual(all.slice(0, 1));
    expect(await storage().shadowAnswers('tea', 0, all[0]!.position, 10)).toStrictEqual(all.slice(1));
    expect(await storage().shadowAnswers('tea', evening + 9000, 0, 10)).toStrictEqual(all.slice(1));
    expect(await storage().shadowAnswers('shoes', 0, 0, 10)).toStrictEqual([]);
    const newest = [...all].reverse();
    expect(await storage().newestShadowAnswers('tea', 0, undefined, 10)).toStrictEqual(newest);
    expect(await storage().newestShadowAnswers('tea', 0, newest[0]!.position, 10)).toStrictEqual(newest.slice(1));
    expect(await storage().newestShadowAnswers('tea', evening + 9000, undefined, 10)).toStrictEqual(newest.slice(0, 1));
    expect(await storage().newestShadowAnswers('shoes', 0, undefined, 10)).toStrictEqual([]);
  });

  test('an answer of shadow mode stands beside the next word of a person, never beside an earlier one', async () => {
    const agent = (id: string, text: string, receivedAt: number) =>
      storage().accept([message({ id, author: 'agent', text, receivedAt })], arrive);
    await storage().accept([message({ id: 'm0' })], arrive);
    await agent('g0', '在的', evening + 1);
    await storage().finish(finishing({ version: 2, answer: answer({ inReplyTo: ['m0'], shadow: 'draft', replies: [] }) }));
    expect((await storage().shadowAnswers('tea', 0, 0, 10)).map((one) => one.agent?.text)).toStrictEqual(['在的']);
    const version = 3;
    await storage().accept([message({ id: 'm1' })], arrive);
    const made = answer({ id: 'a2', inReplyTo: ['m1'], shadow: 'auto', replies: [] });
    await storage().finish(finishing({ version: version + 1, answer: made }));
    expect((await storage().shadowAnswers('tea', 0, 0, 10))[1]!.agent).toBeUndefined();
    await agent('g1', '明天发', evening + 2);
    await agent('g2', '请放心', evening + 3);
    const [, second] = await storage().shadowAnswers('tea', 0, 0, 10);
    expect(second!.agent).toStrictEqual({ text: '明天发', type: 'text', at: evening + 2 });
  });
}
