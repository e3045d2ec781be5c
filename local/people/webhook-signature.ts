import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old or how far ahead an attempt's time may be (Standard Webhooks 1.0.0, reference libraries). */
export const TOLERANCE_SECONDS = 300;

export interface SignedDelivery {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
  body: Buffer;
}

export type Verdict = { valid: true } | { valid: false; reason: string };

/**
 * Checks a Standard Webhooks 1.0.0 signature: HMAC-SHA256 of `<id>.<timestamp>.<body>` under one of `secrets`
 * (`whsec_<base64>`), as any of the space-separated `v1,<base64>` of the header. Written from the specification, apart from
 * the code that signs.
 */
export function verifyDelivery(delivery: SignedDelivery, secrets: readonly string[], nowMs: number): Verdict {
  const { id, timestamp, signature, body } = delivery;
  if (!id || !timestamp || !signature) {
    return refuse('webhook-id, webhook-timestamp and webhook-signature are all needed');
  }
  if (id.includes('.')) return refuse('webhook-id holds a dot');
  if (!/^\d{1,12}$/.test(timestamp)) return refuse('webhook-timestamp is not whole seconds');
  const ageSeconds = Math.floor(nowMs / 1000) - Number(timestamp);
  if (Math.abs(ageSeconds) > TOLERANCE_SECONDS) {
    return refuse(`webhook-timestamp is ${Math.abs(ageSeconds)} s ${ageSeconds > 0 ? 'old' : 'ahead'}`);
  }
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const given = signature.split(' ').filter((part) => part.startsWith('v1,'));
  const matches = secrets.some((secret) => {
    const expected = createHmac('sha256', keyOf(secret)).update(signed).digest();
    return given.some((part) => sameBytes(Buffer.from(part.slice('v1,'.length), 'base64'), expected));
  });
  return matches ? { valid: true } : refuse('no signature matches');
}

/** The 24 to 64 bytes of a `whsec_` secret. */
function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (!secret.startsWith('whsec_') || key.length < 24 || key.length > 64) {
    throw new TypeError('A webhook secret is whsec_ and the base64 of 24 to 64 bytes');
  }
  return key;
}

function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(reason: string): Verdict {
  return { valid: false, reason };
}
