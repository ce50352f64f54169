import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { parseSecrets, secretText, signWebhook, verifyWebhook } from '../../src/connectors/standard-webhook.js';

const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1614265330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const secrets = parseSecrets(vector.secret).secrets;
const now = vector.timestamp * 1000;
const headers = {
  'webhook-id': vector.id,
  'webhook-timestamp': String(vector.timestamp),
  'webhook-signature': vector.signature,
};
const body = Buffer.from(vector.body);
const verdict = (changed: Record<string, string | undefined>, at = now, bytes = body, known = secrets) =>
  verifyWebhook({ headers: { ...headers, ...changed }, body: bytes }, known, at);

describe('Standard Webhooks', () => {
  it('signs the published vector', () => {
    expect(signWebhook(vector.id, vector.body, secrets, now)).toEqual(headers);
    expect(verdict({})).toBeUndefined();
  });

  it('agrees with the standardwebhooks package both ways, on any body', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.string({ unit: 'grapheme' }), (key, text) => {
        const secret = Buffer.from(key);
        const package_ = new Webhook(secretText(secret));
        const at = Date.now();
        const ours = signWebhook('msg_1', text, [secret], at);
        expect(() => package_.verify(text, { ...ours }, { jsonParse: false })).not.toThrow();
        const theirs = { ...ours, 'webhook-signature': package_.sign('msg_1', new Date(at), text) };
        expect(verifyWebhook({ headers: theirs, body: Buffer.from(text) }, [secret], at)).toBeUndefined();
      }),
    );
  });

  it('takes five minutes either way and not a second more', () => {
    expect(verdict({}, now + 300_000)).toBeUndefined();
    expect(verdict({}, now - 300_000)).toBeUndefined();
    expect(verdict({}, now + 301_000)?.[0]?.problem).toMatch(/stale: 301 seconds/);
    expect(verdict({}, now - 301_000)?.[0]?.problem).toMatch(/future: 301 seconds/);
    expect(verdict({ 'webhook-timestamp': String(now) })?.[0]?.problem).toMatch(/not a number|future/);
  });

  it('names every missing header at once', () => {
    const faults = verifyWebhook({ headers: { 'webhook-id': 'a' }, body }, secrets, now);
    expect(faults?.map(({ field }) => field)).toEqual(['header webhook-timestamp', 'header webhook-signature']);
    expect(verdict({ 'webhook-id': '' })?.[0]).toMatchObject({ field: 'header webhook-id', problem: 'is missing' });
  });

  it.each([
    ['a changed body', {}, Buffer.from('{"test": 2432232315}'), /wrong/],
    ['another id', { 'webhook-id': 'msg_other' }, body, /wrong/],
    ['an id with a dot', { 'webhook-id': 'msg.1' }, body, /"\."/],
    ['a timestamp with blanks', { 'webhook-timestamp': ' 1614265330' }, body, /not a number/],
    ['no v1 signature', { 'webhook-signature': 'v1a,AAAA' }, body, /no v1/],
    ['a short signature', { 'webhook-signature': 'v1,AAAA' }, body, /no v1/],
    ['a signature of zeros', { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` }, body, /wrong/],
  ])('refuses %s', (_, changed, bytes, problem) => {
    expect(verdict(changed, now, bytes)?.[0]?.problem).toMatch(problem);
  });

  it('takes either secret while rotating, and any of several signatures', () => {
    const [before, after] = [randomBytes(32), randomBytes(32)];
    const both = parseSecrets(`${secretText(after)} ${secretText(before)}`).secrets;
    for (const signer of [before, after]) {
      expect(verifyWebhook({ headers: { ...signWebhook('a', body, [signer], now) }, body }, both, now)).toBeUndefined();
    }
    const signed = signWebhook('a', body, both, now);
    expect(signed['webhook-signature'].split(' ')).toHaveLength(2);
    expect(verifyWebhook({ headers: { ...signed }, body }, [before], now)).toBeUndefined();
    expect(verifyWebhook({ headers: { ...signed }, body }, [randomBytes(32)], now)).toHaveLength(1);
    const list = `v1,${Buffer.alloc(32).toString('base64')} v1a,x ${vector.signature}`;
    expect(verdict({ 'webhook-signature': list })).toBeUndefined();
  });

  it('never signs an id that would make the signed text ambiguous', () => {
    expect(() => signWebhook('a.1', body, secrets, now)).toThrow(RangeError);
  });
});

describe('a secret as it is configured', () => {
  it('is whsec_ and base64, or base64 alone', () => {
    expect(secrets[0]).toHaveLength(24);
    expect(parseSecrets(vector.secret.slice(6)).secrets).toEqual(secrets);
    expect(secretText(secrets[0]!)).toBe(vector.secret);
  });

  it.each([
    ['', /is empty/],
    ['a b c', /3 secrets/],
    ['whsec_not-base64!', /not base64/],
    [Buffer.alloc(23).toString('base64'), /23 bytes/],
    [Buffer.alloc(65).toString('base64'), /65 bytes/],
    [`${vector.secret} short`, /second secret/],
  ])('refuses %s and says how to make one', (value, problem) => {
    const parsed = parseSecrets(value);
    expect(parsed.secrets).toEqual([]);
    expect(parsed.faults[0]?.problem).toMatch(problem);
    expect(parsed.faults[0]?.mend).not.toBe('');
  });
});
