import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/** SHA-256 of data in its one spelling, as 64 hex digits: the same for equal data, however it was written. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
