/** Said once on a page with moments, to who sits where the clocks show another time than the shop's. */
import { otherZone } from './dates.js';
import { words } from './words.js';

export function ZoneNote() {
  const zone = otherZone();
  if (zone === undefined) return null;
  const w = words.value.clock;
  return (
    <p class="xs muted zone-note" title={w.shopTimeMore}>
      {w.shopTime(zone)}
    </p>
  );
}
