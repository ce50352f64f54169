/** People as they are told over HTTP. */
import { z } from 'zod';
import { longestPassword } from '../access/passwords.js';
import { loginPattern } from '../access/people.js';
import type { Permission } from '../access/roles.js';
import { auditActions, roles } from '../storage/people.js';

const utc = z.iso.datetime().meta({ description: 'UTC' });
const permissions = ['connect', 'phrases', 'stock', 'read', 'desk', 'away', 'admin'] as const satisfies readonly Permission[];
const name = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ description: 'as others see it', examples: ['小周'] });
const shops = z
  .array(z.string().regex(/^(\*|[a-z][a-z0-9_]{1,31})$/, 'name shops by their id, or * for all'))
  .min(1)
  .max(1000)
  .meta({ description: 'ids of the shops in which the role holds; `*`: all' });
const role = z
  .enum(roles)
  .meta({ description: 'owner 店主 does everything, lead 主管 keeps phrases too, agent 客服 speaks with buyers' });
const password = z.string().min(1).max(longestPassword);

export const loginRequestSchema = z.strictObject({
  login: z.string().trim().min(1).max(64),
  password,
});

export const userRequestSchema = z.strictObject({
  login: z
    .string()
    .trim()
    .regex(loginPattern, 'write 2 to 64 letters, digits, or . _ @ + -')
    .meta({ examples: ['xiaozhou'] }),
  name: name.optional(),
  role,
  shops,
  password: password.optional().meta({ description: 'left out: one is made and told this once' }),
});

export const userChangeSchema = z
  .strictObject({ name: name.optional(), role: role.optional(), shops: shops.optional(), disabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'name what is to be changed: name, role, shops or disabled');

export const passwordChangeSchema = z.strictObject({ current: password, next: password });
export const passwordRequestSchema = z.strictObject({ password: password.optional() });

export const userSchema = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role: z.enum(roles),
  shops: z.array(z.string()),
  createdAt: utc,
  disabledAt: utc.optional(),
});

export const listedUserSchema = userSchema.extend({
  lastLoginAt: utc.optional().meta({ description: 'absent: never yet' }),
});

export const meSchema = userSchema.extend({
  permissions: z.array(z.enum(permissions)).meta({ description: 'what the role may do in its shops' }),
  servedShops: z
    .array(z.object({ id: z.string(), name: z.string(), timeZone: z.string().optional() }))
    .meta({ description: 'the shops that are served now' }),
});

export const sessionSchema = z.object({
  id: z.string(),
  createdAt: utc,
  lastSeenAt: utc.meta({ description: 'to the minute' }),
  device: z.string().optional(),
  current: z.boolean().meta({ description: 'the one that asks' }),
});

export const auditRowSchema = z.object({
  position: z.number().int(),
  shop: z.string().meta({ description: '`*`: what concerns all shops' }),
  at: utc,
  by: z.object({ kind: z.enum(['user', 'token', 'cli']), id: z.string(), name: z.string() }),
  action: z.enum(auditActions),
  subject: z.string().optional().meta({ description: 'id of what it was done to' }),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

/** As it stands in the document. */
export const userExample = {
  id: '5f0a…',
  login: 'xiaozhou',
  name: '小周',
  role: 'agent',
  shops: ['demo'],
  createdAt: '2026-11-01T01:00:00.000Z',
} as const;

export const peopleRequests = {
  LoginRequest: loginRequestSchema,
  UserRequest: userRequestSchema,
  UserChange: userChangeSchema,
  PasswordChange: passwordChangeSchema,
  PasswordRequest: passwordRequestSchema,
} as const;

const made = z.string().optional().meta({ description: 'the one that was made, told this once; absent where you gave one' });

export const peopleAnswers = {
  User: userSchema,
  NewUser: userSchema.extend({ password: made }),
  NewPassword: z.object({ password: made }),
  Users: z.object({ users: z.array(listedUserSchema) }),
  Me: meSchema,
  Sessions: z.object({ sessions: z.array(sessionSchema) }),
  Audit: z.object({
    rows: z.array(auditRowSchema).meta({ description: 'newest first' }),
    before: z.number().int().optional().meta({ description: 'of the next page; absent: there is none' }),
  }),
} as const;
