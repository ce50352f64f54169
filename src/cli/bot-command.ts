/** `zaima shop bot`: turns or shows the kill switch, through the running server, or on the file for the next start. */
import type { Config } from '../config.js';
import { openBotSwitches } from '../flow/bot-switches.js';
import { type BotMode, botModes, lowestMode } from '../policy/bot-mode.js';
import { type BotSwitch, everyShop } from '../storage/storage.js';
import { account, commandLine } from './account.js';
import { call, withStorage } from './admin-commands.js';
import { CommandError } from './command-error.js';
import { runningServer } from './server-address.js';

interface Shown {
  readonly mode: BotMode;
  readonly file?: BotMode;
  readonly all?: Turned;
  readonly history: readonly Turned[];
}

interface Turned {
  readonly mode: BotMode;
  readonly since: string;
  readonly by: string;
}

export interface BotShop {
  readonly id: string;
  readonly file: () => Promise<BotMode>;
}

/** @throws CommandError for another word */
export function botMode(word: string): BotMode {
  const mode = botModes.find((one) => one === word);
  if (mode === undefined) throw new CommandError(`say off, shadow or auto, not "${word}"`);
  return mode;
}

/**
 * Turns the switch where a mode is given; says how it stands.
 * @param shop its id, and what its file says where no server runs; undefined: the switch of all shops
 */
export async function botLines(config: Config, shop: BotShop | undefined, mode: BotMode | undefined): Promise<readonly string[]> {
  const server = await runningServer(config.dataDir);
  const path = shop === undefined ? '/v1/bot' : `/v1/shops/${shop.id}/bot`;
  const by = account();
  const shown =
    server === undefined
      ? await onFile(config, shop, mode)
      : await call<Shown>(server, mode === undefined ? 'GET' : 'PUT', path, mode === undefined ? undefined : { mode, by });
  const holding = shop === undefined || (mode !== undefined && mode !== 'auto') ? [] : whatElseHolds(shown);
  return [
    `${shop?.id ?? 'all shops'} bot ${shown.mode}${holding.length === 0 ? '' : `: ${holding.join('; ')}`}`,
    ...(mode === undefined ? shown.history.map((turn) => `  ${turn.since} ${turn.mode} ${turn.by}`) : []),
  ];
}

/** What keeps a shop's bot as low as it is, beside the shop's own switch. */
function whatElseHolds({ mode, file, all }: Shown): readonly string[] {
  if (mode === 'auto') return [];
  return [
    ...(file === mode ? [`its file says ${file}`] : []),
    ...(all?.mode === mode ? [`all shops are switched to ${all.mode} since ${all.since} by ${all.by}`] : []),
  ];
}

async function onFile(config: Config, shop: BotShop | undefined, mode: BotMode | undefined): Promise<Shown> {
  const file = await shop?.file();
  return withStorage(config, async (storage) => {
    const id = shop?.id ?? everyShop;
    const bots = openBotSwitches(storage);
    await bots.load([id]);
    if (mode !== undefined) {
      const who = commandLine();
      await bots.turn(id, { mode, at: Date.now(), by: who.name });
      await storage.audit({ shop: id, at: Date.now(), by: who, action: 'bot_switched', details: { mode, by: who.name } });
    }
    const all = bots.latest(everyShop);
    const turned = ({ mode: to, at, by: who }: BotSwitch) => ({ mode: to, since: new Date(at).toISOString(), by: who });
    return {
      mode: lowestMode(file ?? 'auto', bots.lowered(id)),
      ...(file !== undefined && { file }),
      ...(all !== undefined && { all: turned(all) }),
      history: (await storage.botSwitches(id, 20)).map(turned),
    };
  });
}
