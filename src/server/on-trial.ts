/** The shop as it is, or as it would be with settings that are not kept yet. */
import type { FastifyReply } from 'fastify';
import { mergePatch } from '../shop/merge-patch.js';
import type { Shop } from '../shop/shop.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { unknownShop } from './problem.js';

/**
 * Undefined where the reply has been sent.
 * @param patch a merge patch on the settings in force
 * @throws InvalidRequest with everything that is wrong with them, under `settings.`
 */
export async function shopOnTrial(
  { knowledge }: Pick<ServerDeps, 'knowledge'>,
  id: string,
  patch: Readonly<Record<string, unknown>> | undefined,
  reply: FastifyReply,
): Promise<Shop | undefined> {
  const trial = patch === undefined ? undefined : await knowledge.trial(id, (current) => mergePatch(current, patch));
  if (trial !== undefined && 'faults' in trial)
    throw new InvalidRequest(trial.faults.map(({ path, ...fault }) => ({ field: `settings.${path}`, ...fault })));
  const shop = trial?.shop ?? knowledge.shop(id);
  if (shop === undefined) unknownShop(reply);
  return shop;
}
