/** A shop's time zone: a name of the IANA's, or the one that is meant. */
import { z } from 'zod';
import { nearest } from '../composing/nearest.js';

const mend = 'name an IANA time zone, e.g. Asia/Shanghai';

/** How China's one zone is written where it is no name of a zone. */
const chinese =
  /^(?:(?:asia\/)?(?:bei ?jing|peking|china|shenzhen|guangzhou|hangzhou|chengdu)|cst|(?:utc|gmt)\+0?8(?::?00)?|北京(?:时间)?|中国|上海)$/i;

/** IANA's names: https://www.iana.org/time-zones, as far as this Node knows them. */
export const timeZoneSchema = z.string().superRefine((name, context) => {
  if (isTimeZone(name)) return;
  const meant = zoneMeant(name);
  context.addIssue({ code: 'custom', message: meant === undefined ? mend : `Did you mean ${meant}?` });
});

function zoneMeant(name: string): string | undefined {
  if (chinese.test(name.trim())) return 'Asia/Shanghai';
  const zones = Intl.supportedValuesOf('timeZone');
  const byCity = new Map(zones.map((zone) => [zone.slice(zone.lastIndexOf('/') + 1), zone]));
  const city = name.slice(name.lastIndexOf('/') + 1).replaceAll(' ', '_');
  return nearest(name, zones) ?? byCity.get(nearest(city, [...byCity.keys()]) ?? '');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
