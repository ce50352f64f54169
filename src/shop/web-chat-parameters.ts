/** The chat on a shop's own site (parameters `webChat`). */
import { z } from 'zod';

/** As a browser's address bar gives it: a / at its end is not meant. */
const origin = z
  .string()
  .overwrite((address) => address.trim().replace(/\/+$/, '').toLowerCase())
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'write the address of the site without a path, e.g. https://www.shop.example');

export const webChatSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Sites on whose pages it may stand, beside the service's own address: https://www.shop.example. */
  origins: z.array(origin).max(20).default([]),
  /** Over the chat; default: the shop's name. */
  title: z.string().trim().min(1).max(30).optional(),
  /** Shown before a visitor has written anything. */
  greeting: z.string().trim().min(1).max(100).optional(),
});
