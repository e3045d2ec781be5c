import { batchGetRow, batchWriteRow } from './batch-operations';
import type { Instance } from './instance';
import { deleteRow, getRange, getRow, putRow, updateRow } from './row-operations';
import {
  createIndex,
  createTable,
  deleteTable,
  describeTable,
  dropIndex,
  listTable,
  updateTable,
} from './table-operations';
import { abortTransaction, commitTransaction, startLocalTransaction } from './transaction-operations';

/** Takes the protobuf request, gives the protobuf response; throws a Refusal. */
export type Operation = (body: Buffer, instance: Instance) => Uint8Array | Promise<Uint8Array>;

/** Every operation that is served, by the name in the request's path. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['CreateTable', tableChange(createTable)],
  ['UpdateTable', tableChange(updateTable)],
  ['DescribeTable', describeTable],
  ['ListTable', listTable],
  ['DeleteTable', tableChange(deleteTable)],
  ['CreateIndex', tableChange(createIndex)],
  ['DropIndex', tableChange(dropIndex)],
  ['GetRow', getRow],
  ['PutRow', putRow],
  ['UpdateRow', updateRow],
  ['DeleteRow', deleteRow],
  ['GetRange', getRange],
  ['BatchGetRow', batchGetRow],
  ['BatchWriteRow', batchWriteRow],
  ['StartLocalTransaction', startLocalTransaction],
  ['CommitTransaction', commitTransaction],
  ['AbortTransaction', abortTransaction],
]);

/** A table operation is answered when the changed definition would survive a crash. */
function tableChange(operation: Operation): Operation {
  return async (body, instance) => {
    const answer = await operation(body, instance);
    await instance.store.durable();
    return answer;
  };
}
