/**
 * Keeps outgoing calls away from what only this machine or its network can reach (SSRF): loopback, private, link-local,
 * unique-local, carrier-grade, metadata and every other address that is not public. The name is resolved once, by the
 * lookup of the connection itself, so that the address that was judged is the one that is connected to: a name that
 * changes between check and use (DNS rebinding) has nothing to change.
 */
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type CodedFault, codedFault } from '../fault-words.js';

/** Raised by the lookup; `code` tells it from a name that does not resolve. */
export class AddressRefused extends Error {
  readonly code = 'ZAIMA_ADDRESS_REFUSED';
}

/** Cloud metadata under a public address (Azure); the others (169.254.169.254, 100.100.100.200 …) lie in refused ranges. */
const publicMetadata = new Set(['168.63.129.16']);

/** Why an address must not be called, or undefined for a public one. IPv4 inside IPv6 is judged as IPv4. */
export function addressRefused(address: string): string | undefined {
  const bare = address.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(bare)) return 'is no address';
  const parsed = ipaddr.process(bare);
  const range = parsed.range();
  if (range !== 'unicast') return `is not public (${range})`;
  // Only 2000::/3 is handed out; what lies outside of it is somebody's special use.
  if (parsed.kind() === 'ipv6' && !parsed.match(ipaddr.parseCIDR('2000::/3'))) return 'is not public (unassigned)';
  return publicMetadata.has(parsed.toString()) ? 'is not public (metadata)' : undefined;
}

/** Why a URL must not be called at all; names are judged when they are resolved. */
export function urlRefused(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `${url.protocol} is not http or https`;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(host)) return undefined;
  // The connection never looks an address up, so it is judged here. URL has turned 0x7f000001 and 2130706433 into dots.
  const refused = addressRefused(host);
  return refused === undefined ? undefined : `its address ${refused}`;
}

/** Names that lead nowhere but to this machine or its network. */
const privateName = /^[^.]+$|\.(localhost|local|internal|lan|home\.arpa)$/;

/**
 * What is wrong with a shop's `callbackUrl` as it is written, told when it is set and not when nothing arrives. A name that
 * leads to a private address is told at the call.
 */
export function callbackFault(address: string): CodedFault | undefined {
  const url = new URL(address);
  if (url.protocol !== 'https:') return codedFault('callback_not_https', {}, 'callback');
  const isName = !url.hostname.startsWith('[');
  const isPrivate = isName && privateName.test(url.hostname.replace(/\.$/, ''));
  const why = urlRefused(url);
  if (why !== undefined) return codedFault('callback_refused', { why }, 'callback');
  return isPrivate ? codedFault('callback_private', {}, 'callback') : undefined;
}

/** By what a shop's `callbackUrl` is judged; undefined where the service may call any address. */
export function callbackJudge(service: {
  readonly callbacks: { readonly allowPrivateAddresses: boolean };
}): typeof callbackFault | undefined {
  return service.callbacks.allowPrivateAddresses ? undefined : callbackFault;
}

export type ResolveAll = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A `lookup` for net.connect that refuses a name if any of its addresses is refused. */
export function guardedLookup(resolve: ResolveAll): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      for (const { address } of addresses) {
        const refused = addressRefused(address);
        if (refused !== undefined) return done(new AddressRefused(`its address ${refused}`), []);
      }
      const first = addresses[0];
      if (first === undefined) return done(new AddressRefused('its name has no address'), []);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
