import { randomBytes } from 'node:crypto';

/** A request id of Function Compute 3.0's form: `1-<seconds in hex>-<8 hex>-<12 hex>`. */
export function newRequestId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  const random = randomBytes(10).toString('hex');
  return `1-${seconds}-${random.slice(0, 8)}-${random.slice(8)}`;
}

/** An instance id, e.g. `c-65cdd18d-15b2e9b6`. */
export function newInstanceId(nowMs: number): string {
  return newRequestId(nowMs).replace(/^1/, 'c').slice(0, 19);
}
