/** The phrases as files. */
import { at } from '../shared/api.js';
import { words } from '../shared/words.js';

const files = [
  { key: 'csv', query: { format: 'csv' } },
  { key: 'qianniu', query: { format: 'qianniu', encoding: 'gb18030' } },
  { key: 'json', query: { format: 'json' } },
] as const;

export function ExportMenu({ shop, seesAll }: { readonly shop: string; readonly seesAll: boolean }) {
  const w = words.value.phrases;
  return (
    <details
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) event.currentTarget.open = false;
      }}
    >
      <summary class="btn">{w.export}</summary>
      <div class="menu-box ph-export">
        {files.map(({ key, query }) => (
          <a
            key={key}
            class="btn btn-quiet"
            download
            href={`${at`/v1/shops/${shop}/phrases/export`}?${new URLSearchParams({ ...query, ...(seesAll && key !== 'qianniu' && { agent: '*' }) })}`}
          >
            <span>
              <b>{w.exports[key].title}</b>
              <br />
              <span class="xs muted">{w.exports[key].what}</span>
            </span>
          </a>
        ))}
      </div>
    </details>
  );
}
