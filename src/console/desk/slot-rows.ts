/** What the words of a buyer gave beside the intents, in rows. */
import type { Answer } from '../shared/wire.js';
import { words } from '../shared/words.js';

const plain = ['courier', 'quantity', 'date', 'days', 'orderId', 'instalments', 'bank', 'heightCm'] as const;

/**
 * @param item title of the product that the buyer looks at
 * @returns name and value, in the reader's language
 */
export function slotRows(slots: Answer['understanding']['slots'], item?: string): readonly (readonly [string, string])[] {
  const w = words.value.desk.slots;
  const rows: [string, string][] = [];
  if (item !== undefined) rows.push([w.item, item]);
  const variant = [slots.colour, slots.size].filter(Boolean).join(' / ');
  if (variant !== '') rows.push([w.variant, variant]);
  if (slots.region !== undefined)
    rows.push([w.region, [slots.region.province, slots.region.city, slots.region.county].filter(Boolean).join(' ')]);
  for (const name of plain) if (slots[name] !== undefined) rows.push([w[name], String(slots[name])]);
  if (slots.weightKg !== undefined)
    rows.push([w.weightKg, [slots.weightFromKg, slots.weightKg].filter((kg) => kg !== undefined).join('–')]);
  if (slots.offeredPriceYuan !== undefined) rows.push([w.offeredPriceYuan, `¥${slots.offeredPriceYuan}`]);
  if (slots.discount !== undefined) rows.push([w.discount, String(slots.discount)]);
  if (slots.details !== undefined) rows.push([w.details, slots.details.join(w.join)]);
  if (slots.weaknesses !== undefined) rows.push([w.weaknesses, slots.weaknesses.join(w.join)]);
  return rows;
}
