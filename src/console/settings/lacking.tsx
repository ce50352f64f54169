/** What a parameter that is not set switches off. */
import { useEffect } from 'preact/hooks';
import { ApiError, at, call } from '../shared/api.js';
import type { IntentsListed } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { catalogue } from './catalogue.js';
import { repliesAddress } from './replies-address.js';
import { useSettings } from './settings-context.js';

/** Keeps the catalogue in line with the revision in force. @param isWanted whether it is needed yet */
export function useCatalogue(isWanted = true): IntentsListed | undefined {
  const { state } = useSettings();
  const revision = state.head.value?.revision;
  const known = catalogue.value;
  useEffect(() => {
    if (!isWanted || revision === undefined || (known?.shop === state.shop && known.revision === revision)) return;
    call<IntentsListed>('GET', at`/v1/shops/${state.shop}/intents`).then(
      ({ data }) => {
        catalogue.value = { shop: state.shop, revision, listed: data };
      },
      (error: unknown) => {
        // Beside what it tells the pages work without it.
        if (!(error instanceof ApiError)) throw error;
      },
    );
  }, [state.shop, revision, isWanted]);
  return known?.shop === state.shop ? known.listed : undefined;
}

/** Replies that are off for want of a parameter. @param name as the schema names it */
export function repliesLacking(listed: IntentsListed | undefined, name: string) {
  return (listed?.intents ?? []).flatMap((intent) =>
    intent.replies
      .filter(({ off }) => off?.because === 'parameter_not_set' && off.missing.some(({ parameter }) => parameter === name))
      .map((reply) => ({ intent, reply })),
  );
}

export function Lacking({ name }: { readonly name: string }) {
  const found = repliesLacking(catalogue.value?.listed, name);
  const [first] = found;
  if (first === undefined) return null;
  const w = words.value.settings;
  return (
    <p class="field-hint lacking">
      {w.turnsOff(found.length)} <a href={repliesAddress(first.intent.id, first.reply.id)}>{w.seeReplies}</a>
    </p>
  );
}
