/**
 * The settings of the shop that is worked in: what is in force, what has been typed and is not saved, what is wrong with it.
 * What was typed outlives a change of page, a reload and a save by somebody else; it ends by saving or discarding.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { pathWords } from '../../path-words.js';
import { mergePatch } from '../../shop/merge-patch.js';
import { toast } from '../shared/announcer.js';
import { ApiError, at, call, type Fault } from '../shared/api.js';
import { readStored, writeStored } from '../shared/remembered.js';
import { me, shop } from '../shared/session.js';
import type { SettingsChange, SettingsRevision, SettingsSaved } from '../shared/wire.js';
import { words } from '../shared/words.js';
import {
  type Content,
  changedPaths,
  isRecord,
  onTop,
  type Path,
  patchBetween,
  stepsOf,
  touches,
  valueAt,
  withValue,
} from './content.js';
import { emptyVariants, localFaults } from './local-faults.js';
import { loadParameters } from './parameter-words.js';

/** Another revision that came between while something was typed. */
export interface Meanwhile {
  readonly revision: number;
  readonly author: string;
  readonly changes: readonly SettingsChange[];
}

export interface SettingsState {
  readonly shop: string;
  /** Who made the revision in force, and when; undefined until it was heard. */
  readonly head: ReadonlySignal<SettingsRevision | undefined>;
  /** In force, as the owner gave it: without defaults. */
  readonly base: ReadonlySignal<Content>;
  /** With what was typed. */
  readonly draft: ReadonlySignal<Content>;
  /** Merge patch from the one to the other; undefined: nothing is unsaved. */
  readonly patch: ReadonlySignal<Content | undefined>;
  /** Paths that it changes. */
  readonly changed: ReadonlySignal<readonly Path[]>;
  /** What is wrong with what was typed; of an entry that was begun just now not what is still to be written. */
  readonly faults: ReadonlySignal<readonly Fault[]>;
  /** Those of the draft as it is now: what the service said of an older one may be mended, and is told until it has judged anew. */
  readonly faultsNow: ReadonlySignal<readonly Fault[]>;
  /** What the rules warn of in the shop's own words; it may be saved. */
  readonly hints: ReadonlySignal<readonly Fault[]>;
  readonly meanwhile: ReadonlySignal<Meanwhile | undefined>;
  readonly isSaving: ReadonlySignal<boolean>;
  /** Why nothing could be read. */
  readonly failed: ReadonlySignal<ApiError | undefined>;
  load(): Promise<void>;
  /** `undefined` takes it out. */
  set(path: Path, value: unknown): void;
  /** Everything at once, as a file has it. */
  replace(content: Content): void;
  /** What was typed at this path is taken back. */
  revert(path: Path): void;
  /** @returns brings it back */
  discard(): () => void;
  /** False: refused; why stands in `faults`, `meanwhile` or a toast. */
  save(note: string): Promise<boolean>;
  /** The rules warn of something at one of these paths, as it is kept. */
  isWarnedOf(paths: readonly Path[]): Promise<boolean>;
  /** The service said what is wrong with the draft as it was then. */
  judged(of: Content | undefined, faults: readonly Fault[], hints?: readonly Fault[]): void;
  settled(): void;
  /** An entry was added: what is empty in it is wrong only once its field was left, or when it is to be saved. */
  begun(path: Path): void;
  leave(path: Path): void;
  /** @returns whether anything is wrong that was not told */
  tellAll(): boolean;
}

const nothing: Content = {};
const states = new Map<string, SettingsState>();

/** Of the shop in which is worked, for who is logged in. */
export const settings: ReadonlySignal<SettingsState | undefined> = computed(() => {
  const id = shop.value?.id;
  const who = me.value?.id;
  if (id === undefined || who === undefined) return undefined;
  const key = `settings.${who}.${id}`;
  const known = states.get(key) ?? stateOf(id, key);
  states.set(key, known);
  return known;
});

function stateOf(shopId: string, key: string): SettingsState {
  const url = at`/v1/shops/${shopId}/settings`;
  const head = signal<SettingsRevision | undefined>(undefined);
  const base = signal<Content>(nothing);
  const draft = signal<Content>(nothing);
  const judgement = signal<{
    readonly of: Content | undefined;
    readonly faults: readonly Fault[];
    readonly hints?: readonly Fault[];
  }>({
    of: undefined,
    faults: [],
  });
  const meanwhile = signal<Meanwhile | undefined>(undefined);
  const isSaving = signal(false);
  const failed = signal<ApiError | undefined>(undefined);
  const patch = computed(() => patchBetween(base.value, draft.value));
  const begun = signal<readonly string[]>([]);
  const left = signal<ReadonlySet<string>>(new Set());
  let isLoaded = false;

  function keep(): void {
    const unsaved = patch.peek();
    writeStored(key, unsaved === undefined ? undefined : { revision: head.peek()?.revision, patch: unsaved });
  }

  /** Reads what is in force; what was typed comes on top of it. Resolves to the number of the revision before, where it has changed. */
  async function load(): Promise<void> {
    try {
      const known = head.peek();
      const [current, { data }] = await Promise.all([
        call<Content>('GET', url, { ...(known !== undefined && { ifNoneMatch: `"${known.revision}"` }) }),
        call<{ revisions: SettingsRevision[] }>('GET', `${url}/revisions?limit=1`),
        loadParameters(shopId),
      ]);
      failed.value = undefined;
      if (current.status === 304) return;
      const number = Number(current.etag?.replaceAll('"', ''));
      const newest = data.revisions.find(({ revision }) => revision === number) ?? data.revisions[0]!;
      await take(current.data, newest);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failed.value = error;
    }
  }

  async function take(content: Content, newest: SettingsRevision): Promise<void> {
    const known = head.peek();
    const stored = isLoaded ? undefined : readStored(key);
    const hasStored = isRecord(stored) && isRecord(stored.patch) && typeof stored.revision === 'number';
    const before = hasStored ? (stored.revision as number) : known?.revision;
    const isDirty = patch.peek() !== undefined || hasStored;
    if (isDirty && before !== undefined && before !== newest.revision) await tellChanges(before, newest);
    draft.value = hasStored
      ? (mergePatch(content, stored.patch) as Content)
      : isLoaded
        ? onTop({ before: base.peek(), after: draft.peek() }, content)
        : content;
    base.value = content;
    head.value = newest;
    isLoaded = true;
    keep();
  }

  async function tellChanges(from: number, newest: SettingsRevision): Promise<void> {
    const { data } = await call<{ changes: SettingsChange[] }>('GET', `${url}/diff?from=${from}&to=${newest.revision}`);
    meanwhile.value = { revision: newest.revision, author: newest.author, changes: data.changes };
  }

  async function save(note: string): Promise<boolean> {
    const sent = draft.peek();
    const body = patch.peek();
    const known = head.peek();
    if (body === undefined || known === undefined || isSaving.peek()) return false;
    isSaving.value = true;
    try {
      const query = note.trim() === '' ? '' : `?note=${encodeURIComponent(note.trim())}`;
      const { data } = await call<SettingsSaved>('PATCH', url + query, {
        body,
        contentType: 'application/merge-patch+json',
        ifMatch: `"${known.revision}"`,
      });
      const { data: content } = await call<Content>('GET', `${url}/revisions/${data.revision}`);
      // What was typed while it was being saved stays typed.
      const inForce = content.settings as Content;
      draft.value = onTop({ before: sent, after: draft.peek() }, inForce);
      base.value = inForce;
      head.value = data;
      meanwhile.value = undefined;
      judgement.value = { of: undefined, faults: [] };
      keep();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 412) await load();
      else if (error.faults.length > 0) judgement.value = { of: body, faults: error.faults };
      else
        toast(words.peek().settings.notSaved(error.code === 'offline' ? words.peek().shell.offline : error.message), {
          kind: 'error',
        });
      return false;
    } finally {
      isSaving.value = false;
    }
  }

  function faultsWith(judged: readonly Fault[]): readonly Fault[] {
    if (patch.value === undefined) return [];
    const { hours, products } = words.value.settings;
    const own = [...localFaults(draft.value, hours), ...emptyVariants(draft.value, base.value, products.emptyVariant)];
    const isTold = (field: string) => own.some((one) => one.field === field);
    return [...own, ...judged.filter(({ field }) => !isTold(field))];
  }
  const allFaults = computed(() => faultsWith(judgement.value.faults));
  const allNow = computed(() => (judgement.value.of === patch.value ? allFaults.value : faultsWith([])));
  const toldOf = (all: readonly Fault[]) => all.filter(({ field }) => !isAhead(field));
  const faults = computed(() => toldOf(allFaults.value));
  const faultsNow = computed(() => toldOf(allNow.value));

  /** Still to be written. */
  function isAhead(field: string): boolean {
    if (left.value.has(field)) return false;
    // The whole entry is empty.
    if (begun.value.includes(field)) return true;
    const value = valueAt(draft.value, stepsOf(field));
    return (value === undefined || value === '') && begun.value.some((one) => field.startsWith(`${one}.`));
  }

  return {
    shop: shopId,
    head,
    base,
    draft,
    patch,
    changed: computed(() => changedPaths(patch.value)),
    faults,
    faultsNow,
    hints: computed(() => (patch.value === undefined ? [] : (judgement.value.hints ?? []))),
    meanwhile,
    isSaving,
    failed,
    load,
    set(path, value) {
      draft.value = withValue(draft.peek(), path, value) as Content;
      keep();
    },
    replace(content) {
      draft.value = content;
      keep();
    },
    revert(path) {
      draft.value = withValue(draft.peek(), path, valueAt(base.peek(), path)) as Content;
      keep();
    },
    discard() {
      const lost = patch.peek();
      draft.value = base.peek();
      judgement.value = { of: undefined, faults: [] };
      meanwhile.value = undefined;
      keep();
      return () => {
        if (lost !== undefined) draft.value = mergePatch(draft.peek(), lost) as Content;
        keep();
      };
    },
    save,
    async isWarnedOf(paths) {
      try {
        const { data } = await call<{ readonly hints: readonly Fault[] }>('POST', `${url}/check`, { body: {} });
        return data.hints.some(({ field }) => paths.some((path) => touches(path, stepsOf(field))));
      } catch (error) {
        // It is kept; the page says beside each wording what the rules warn of.
        if (!(error instanceof ApiError)) throw error;
        return false;
      }
    },
    judged(of, found, hints = []) {
      if (of === patch.peek()) judgement.value = { of, faults: found, hints };
    },
    settled() {
      meanwhile.value = undefined;
    },
    begun(path) {
      const name = pathWords(path);
      begun.value = [...begun.peek(), name];
      // What stood at this place before was left, not this.
      left.value = new Set([...left.peek()].filter((one) => one !== name && !one.startsWith(`${name}.`)));
    },
    leave(path) {
      if (begun.peek().length > 0) left.value = new Set([...left.peek(), pathWords(path)]);
    },
    tellAll() {
      const isMore = allNow.peek().length > faultsNow.peek().length;
      begun.value = [];
      left.value = new Set();
      return isMore;
    },
  };
}
