import type { Consumed } from 'tablestore/lib/protocol/tablestore_compiled_proto.js';

const UNIT_BYTES = 4096;

/** Capacity units for so many bytes: 4 KB each, rounded up, at least one ("Read and write throughput"). */
export function units(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / UNIT_BYTES));
}

export function consumed(read: number, write: number): Consumed {
  return { capacityUnit: { read, write } };
}
