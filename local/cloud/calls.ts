/** One call that reached the cloud, however it ended. */
export interface CallRecord {
  /** 1, 2, 3 …: never reused, so that a reader can ask for what came after. */
  sequence: number;
  timeMs: number;
  /** '' when the caller could not be told. */
  accountId: string;
  product: string;
  action: string;
  regionId: string;
  /** 'OK', the provider's error code, or what a fault did instead of an answer. */
  code: string;
  /** 0 when there was no answer. */
  status: number;
  latencyMs: number;
  requestId: string;
  /** As sent, without signatures and tokens. */
  parameters: Record<string, string>;
}

/** The last calls in the order in which they ended. */
export interface CallLog {
  readonly records: readonly CallRecord[];
  /** Records after a sequence number, those of one account or action only when asked for. */
  find(filter: { since?: number; accountId?: string; action?: string; product?: string }): CallRecord[];
  clear(): void;
}

/** Older records are dropped, so that a laptop may run for weeks. */
const KEEP_RECORDS = 20_000;

const SECRET_PARAMETERS = new Set(['Signature', 'SecurityToken', 'AccessKeyId', 'SignatureNonce', 'Policy']);

export function callLog(): CallLog & { add(record: Omit<CallRecord, 'sequence'>): void } {
  const records: CallRecord[] = [];
  let sequence = 0;
  return {
    records,
    find: ({ since = 0, ...filter }) =>
      records.filter(
        (record) =>
          record.sequence > since &&
          (filter.accountId === undefined || record.accountId === filter.accountId) &&
          (filter.action === undefined || record.action === filter.action) &&
          (filter.product === undefined || record.product === filter.product),
      ),
    clear: () => void records.splice(0),
    add(record) {
      sequence += 1;
      records.push({ sequence, ...record });
      if (records.length > KEEP_RECORDS * 1.25) records.splice(0, records.length - KEEP_RECORDS);
    },
  };
}

/** The parameters of a call that may be written down. */
export function withoutSecrets(parameters: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...parameters].filter(([name]) => !SECRET_PARAMETERS.has(name)));
}
