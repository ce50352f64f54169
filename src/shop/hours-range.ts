/** A range of hours as a shop writes it. */
import { z } from 'zod';

/** `09:00-12:00`; an end not after the start runs past midnight (18:00-02:00); `00:00-24:00` is the whole day. */
export const hoursRange = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a range as HH:MM-HH:MM, e.g. 09:00-12:00');
