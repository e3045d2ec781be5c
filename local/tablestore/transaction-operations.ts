import type { Instance } from './instance';
import { encodeKeyValue } from './key';
import { messages, parse, parseRow } from './messages';
import { decodeRowChange } from './plainbuffer/decode';
import { invalid } from './refusal';
import { partitionKeyOf } from './row-key';

export async function startLocalTransaction(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const request = parse(messages.StartLocalTransactionRequest, body);
  const table = instance.tables.get(request.tableName);
  const { key } = parseRow(decodeRowChange, request.key);
  if (key.length !== 1) throw invalid('StartLocalTransaction support only one primary key.');
  const partition = encodeKeyValue(partitionKeyOf(key, table.key).value);
  const transactionId = instance.transactions.start(table, partition, instance.nowMs());
  await instance.store.durable();
  return messages.StartLocalTransactionResponse.encode({ transactionId }).finish();
}

export async function commitTransaction(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const { transactionId } = parse(messages.CommitTransactionRequest, body);
  instance.transactions.commit(transactionId, instance.nowMs());
  await instance.store.durable();
  return messages.CommitTransactionResponse.encode({}).finish();
}

export function abortTransaction(body: Buffer, instance: Instance): Uint8Array {
  const { transactionId } = parse(messages.AbortTransactionRequest, body);
  instance.transactions.abort(transactionId, instance.nowMs());
  return messages.AbortTransactionResponse.encode({}).finish();
}
