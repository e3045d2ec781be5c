import { createHmac } from 'node:crypto';

/** Standard Webhooks 1.0.0: a secret is 24 to 64 random bytes. */
const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;
const PREFIX = 'whsec_';

export const NEW_SECRET_BYTES = 32;

/** A secret as people copy it, from `NEW_SECRET_BYTES` random bytes. */
export function secretFrom(randomBytes: Buffer): string {
  return `${PREFIX}${checkedLength(randomBytes).toString('base64')}`;
}

export interface SignedMessage {
  /** The event's id: the same on each attempt. Holds no dot. */
  id: string;
  /** When this attempt is made, not when the event happened. */
  attemptMs: number;
  /** Exactly the text that is sent. */
  body: string;
}

/**
 * The headers that let a receiver check a message (Standard Webhooks 1.0.0, HMAC-SHA256, version `v1`).
 * While a secret is being replaced both are given, and the receiver believes either.
 * Throws a RangeError when a secret or the id is not what the standard allows.
 */
export function signatureHeaders(
  message: SignedMessage,
  secrets: readonly [string, ...string[]],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  if (message.id.includes('.')) throw new RangeError(`A webhook id holds no dot, got ${message.id}`);
  const timestamp = String(Math.floor(message.attemptMs / 1000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`,
  );
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

function keyOf(secret: string): Buffer {
  if (!secret.startsWith(PREFIX)) throw new RangeError(`A webhook secret starts with ${PREFIX}`);
  return checkedLength(Buffer.from(secret.slice(PREFIX.length), 'base64'));
}

function checkedLength(bytes: Buffer): Buffer {
  if (bytes.length < SECRET_BYTES_MIN || bytes.length > SECRET_BYTES_MAX) {
    throw new RangeError(
      `A webhook secret has ${SECRET_BYTES_MIN} to ${SECRET_BYTES_MAX} bytes, got ${bytes.length}`,
    );
  }
  return bytes;
}
