/**
 * Replies as a shop's settings have them, laid over the shared intents and the shop's own files: wordings in place of the
 * file's, and replies that are switched off. Settings are revisions, so that a page can change a reply and take it back.
 */
import type { CompiledRules } from '../compliance/check.js';
import { nearest } from '../composing/nearest.js';
import type { Fault } from '../errors.js';
import { type CodedFault, codedFault, type FaultCode, type FaultValues } from '../fault-words.js';
import { atOnce } from '../understanding/steps.js';
import type { IntentFile, ReplyTemplate } from './intent-file.js';
import type { KnowledgeReader, SharedFiles } from './knowledge-files.js';
import type { OwnIntent } from './overrides.js';
import type { ShopParameters } from './parameters.js';
import { bookOf } from './replies.js';
import type { SettingsHolding, SettingsReplies } from './reply-parameters.js';
import type { ReplyWordsFile } from './reply-words.js';
import type { SettingsFault } from './settings-content.js';
import { checkingTemplates } from './template-faults.js';

type Intents = ReadonlyMap<string, IntentFile>;

/** What settings say otherwise than the files. */
export interface SaidBySettings {
  readonly replies: SettingsReplies;
  readonly holding?: SettingsHolding;
}

/** What the rules and the files say of replies of settings. */
export interface JudgedReplies {
  readonly faults: readonly SettingsFault[];
  /** Wordings that may be kept, yet never go out by themselves: a person weighs what a rule warns of. */
  readonly hints: readonly SettingsFault[];
}

const nothingAdded: OwnIntent['added'] = {
  patterns: [],
  unless: [],
  examples: [],
  facets: {},
  goesOn: { slots: [], patterns: [] },
};

/**
 * The shop's own files with the settings over them. What the settings name and the files no longer have is passed over: it
 * was right when it was set.
 * @param path of the settings, as faults name it
 */
export function withSettingsReplies(
  files: readonly OwnIntent[],
  shared: Intents,
  { replies, holding }: SaidBySettings,
  path: string,
): readonly OwnIntent[] {
  const held = holding?.intents ?? {};
  const changed = [...new Set([...Object.keys(replies), ...Object.keys(held)])].flatMap((id): OwnIntent[] => {
    const written = replies[id] ?? {};
    const own = files.find(({ intent }) => intent.id === id);
    const base = own?.intent ?? shared.get(id);
    if (base === undefined) return [];
    const words = held[id];
    const intent = {
      ...base,
      replies: base.replies.filter((reply) => written[reply.id]?.off !== true).map(said(written)),
      holding: words ?? base.holding,
    };
    const laid = { intent, settings: { path, base, replies: new Set(Object.keys(written)), isHolding: words !== undefined } };
    return [
      own === undefined
        ? { path, shared: base, added: nothingAdded, tests: { yes: [], no: [] }, replies: [], ...laid }
        : { ...own, ...laid },
    ];
  });
  if (changed.length === 0) return files;
  const ids = new Set(changed.map(({ intent }) => intent.id));
  return [...files.filter(({ intent }) => !ids.has(intent.id)), ...changed];
}

function said(written: SettingsReplies[string]) {
  return (reply: ReplyTemplate): ReplyTemplate => {
    const { texts = reply.texts, short = reply.short } = written[reply.id] ?? {};
    return { ...reply, texts, short };
  };
}

/**
 * What is wrong with the replies of settings that are about to be kept: unknown names, Liquid, facts, rules; and what the rules
 * warn of in those that the bot sends by itself. Holding words go out with a hint (flow/say.ts).
 */
export function settingsReplyFaults(
  { replies, holding }: SaidBySettings,
  files: readonly OwnIntent[],
  shared: Intents,
  rules: CompiledRules,
  words: ReplyWordsFile,
): JudgedReplies {
  const faults: SettingsFault[] = [];
  const hints: SettingsFault[] = [];
  const known = new Map([...shared, ...files.map(({ intent }) => [intent.id, intent] as const)]);
  for (const [id, written] of Object.entries(replies)) {
    const intent = known.get(id);
    const ids = intent?.replies.map((reply) => reply.id) ?? [];
    if (intent === undefined)
      faults.push({ path: `replies.${id}`, ...unknown('no_intent', { intent: id }, id, [...known.keys()]) });
    else
      for (const reply of Object.keys(written))
        if (!ids.includes(reply))
          faults.push({ path: `replies.${id}.${reply}`, ...unknown('no_reply', { intent: id }, reply, ids) });
  }
  for (const id of Object.keys(holding?.intents ?? {}))
    if (!known.has(id))
      faults.push({ path: `holding.intents.${id}`, ...unknown('no_intent', { intent: id }, id, [...known.keys()]) });
  if (holding !== undefined) faults.push(...generalFaults(holding, [...known.values()], rules, words));
  const laid = withSettingsReplies(files, shared, { replies, ...(holding !== undefined && { holding }) }, '').filter(
    ({ settings }) => settings !== undefined,
  );
  // Each under a path of its own, so that a fault leads to its intent.
  const named = laid.map((file) => ({ ...file, path: file.intent.id }));
  const found = [...bookOf(named, words, '').faults, ...atOnce(checkingTemplates(named, rules))];
  for (const fault of found) {
    const file = named.find(({ path }) => path === fault.file);
    const path = file && pathInSettings(fault.path, file);
    if (path === undefined) continue;
    if (fault.severity === 'error') faults.push(inSettings(fault, path));
    else if (fault.code === 'rule_broken' && isSentByItself(fault.path, file!.intent)) hints.push(inSettings(fault, path));
  }
  return { faults, hints };
}

/** @param path `replies[3].texts[0]` of the intent */
function isSentByItself(path: string, intent: IntentFile): boolean {
  const at = /^replies\[(\d+)\]/.exec(path)?.[1];
  return at !== undefined && intent.most === 'auto' && intent.replies[Number(at)]?.only !== 'draft';
}

/** The general words with those of the settings in their place; the very same where these say nothing. */
export function generalWords(words: ReplyWordsFile, { withTime, withoutTime, busy }: SettingsHolding): ReplyWordsFile {
  if (withTime === undefined && withoutTime === undefined && busy === undefined) return words;
  const { holding } = words;
  return {
    ...words,
    holding: { ...holding, withTime: withTime ?? holding.withTime, withoutTime: withoutTime ?? holding.withoutTime },
    busy: busy ?? words.busy,
  };
}

/** What is wrong with the general holding words: filled in with the titles of all intents. */
function generalFaults(
  holding: SettingsHolding,
  intents: readonly IntentFile[],
  rules: CompiledRules,
  words: ReplyWordsFile,
): readonly SettingsFault[] {
  const value = generalWords(words, holding);
  if (value === words) return [];
  // Their titles are what the buyer may have asked about; their own words are not looked at here.
  const titles = intents.map((intent) => ({ path: '', intent: { ...intent, replies: [], holding: [] } }));
  const found = [...bookOf([], value, '').faults, ...atOnce(checkingTemplates(titles, rules, { path: '', value }))];
  return found.flatMap((fault) => {
    const [, list, at] = /^(?:holding\.)?(withTime|withoutTime|busy)\[(\d+)\]$/.exec(fault.path) ?? [];
    const isOwn = list !== undefined && holding[list as 'withTime' | 'withoutTime' | 'busy'] !== undefined;
    return isOwn && fault.severity === 'error' ? [inSettings(fault, `holding.${list}[${at}]`)] : [];
  });
}

/** The same for parameters, from the files as they lie. */
export function repliesOfSettingsFaults(
  { id, replies, holding, intents: switches }: Pick<ShopParameters, 'id' | 'replies' | 'holding' | 'intents'>,
  reader: Pick<KnowledgeReader, 'own'>,
  { intents, words }: Pick<SharedFiles, 'intents' | 'words'>,
  rules: CompiledRules,
): JudgedReplies {
  if (Object.keys(replies).length === 0 && Object.keys(holding).length === 1 && Object.keys(holding.intents).length === 0)
    return { faults: [], hints: [] };
  const shared = new Map(intents.map(({ intent }) => [intent.id, intent]));
  const { faults, hints } = settingsReplyFaults({ replies, holding }, reader.own(id, shared).files, shared, rules, words);
  // What the shop's switch keeps from going out is drafted in any case.
  return { faults, hints: hints.filter(({ path }) => (switches[path.split('.')[1]!] ?? 'auto') === 'auto') };
}

function unknown(code: FaultCode, values: FaultValues, name: string, among: readonly string[]): CodedFault {
  const near = nearest(name, among);
  if (near === undefined) return codedFault(code, { ...values, known: among }, 'name_one');
  return codedFault(code, { ...values, near }, 'did_you_mean');
}

function inSettings({ file: _, line: __, severity: ___, ...fault }: Fault, path: string): SettingsFault {
  return { ...fault, path };
}

/** `replies[3].texts[0]` of the intent as `replies.stock.in_stock.texts[0]`; undefined: the settings did not write it. */
function pathInSettings(path: string, { intent, settings }: Pick<OwnIntent, 'intent' | 'settings'>): string | undefined {
  const held = /^holding(\[\d+\])$/.exec(path)?.[1];
  if (held !== undefined) return settings?.isHolding === true ? `holding.intents.${intent.id}${held}` : undefined;
  const [, at, rest = ''] = /^replies\[(\d+)\](.*)$/.exec(path) ?? [];
  const reply = at === undefined ? undefined : intent.replies[Number(at)];
  return reply !== undefined && settings?.replies.has(reply.id) ? `replies.${intent.id}.${reply.id}${rest}` : undefined;
}

/** A fault of an intent as one of the settings that are laid over it; undefined: it is the file's. */
export function faultOfSettings(fault: Fault, file: OwnIntent): Fault | undefined {
  const path = pathInSettings(fault.path, file);
  return path === undefined ? undefined : { ...fault, file: file.settings!.path, path };
}
