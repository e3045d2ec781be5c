import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeMessage, encodeRow } from '../../../local/tablestore/plainbuffer/encode';
import { createTable, startRunning, type Running } from './running';
import { always, columnsOf, TableStore } from './sdk';
import { send, signedHeaders, type RawAnswer } from './signed-request';

let running: Running;
beforeAll(async () => {
  running = await startRunning();
  await createTable(running.client, 'safe', [{ name: 'id', type: 2 }]);
  await running.client.putRow({
    tableName: 'safe',
    condition: always(),
    primaryKey: [{ id: 'x' }],
    attributeColumns: [{ a: 'untouched' }],
  });
});
afterAll(() => running.stop());

const OPERATIONS = [
  'CreateTable',
  'UpdateTable',
  'DescribeTable',
  'DeleteTable',
  'CreateIndex',
  'DropIndex',
  'GetRow',
  'PutRow',
  'UpdateRow',
  'DeleteRow',
  'GetRange',
  'BatchGetRow',
  'BatchWriteRow',
  'StartLocalTransaction',
  'CommitTransaction',
  'AbortTransaction',
];
const post = (operation: string, body: Buffer): Promise<RawAnswer> =>
  send(running.server.url, { path: `/${operation}`, body });

async function expectUntouched(): Promise<void> {
  expect((await running.client.listTable({})).tableNames).toEqual(['safe']);
  const { rows } = await running.client.getRange({
    tableName: 'safe',
    direction: 'FORWARD',
    inclusiveStartPrimaryKey: [{ id: TableStore.INF_MIN }],
    exclusiveEndPrimaryKey: [{ id: TableStore.INF_MAX }],
  });
  expect(rows.map((row) => columnsOf(row))).toEqual([{ a: 'untouched' }]);
  expect(running.log).toEqual([]);
}

/** Sends bytes on a bare connection and waits until the server ends it; gives what came back. */
function onBareConnection(bytes: Buffer, thenEnd: boolean): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(running.server.port, '127.0.0.1', () => {
      socket.write(bytes);
      if (thenEnd) socket.end();
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

/** Bodies that real calls send, with the operation they were sent to. */
async function recordedBodies(): Promise<[string, Buffer][]> {
  const bodies: [string, Buffer][] = [];
  const { client } = running;
  const listen = client.setupRequestListeners.bind(client);
  client.setupRequestListeners = (request) => {
    listen(request);
    request.addListener('build', ({ httpRequest }) => {
      bodies.push([httpRequest.path.slice(1), httpRequest.body]);
      httpRequest.path = '/Recorded';
    });
  };
  const row = { tableName: 'safe', condition: always(), primaryKey: [{ id: 'new' }] };
  const calls = [
    client.putRow({ ...row, attributeColumns: [{ a: 'x' }, { b: 1.5 }] }),
    client.updateRow({ ...row, updateOfAttributeColumns: [{ PUT: [{ a: 'x' }] }, { DELETE_ALL: ['b'] }] }),
    client.deleteRow(row),
    client.getRow({ ...row, maxVersions: 1 }),
    client.batchWriteRow({
      tables: [{ tableName: 'safe', rows: [{ ...row, type: 'PUT', attributeColumns: [] }] }],
    }),
  ];
  await Promise.allSettled(calls);
  client.setupRequestListeners = listen;
  return bodies;
}

describe('hostile input', () => {
  it.each(OPERATIONS)('random bytes sent to %s are a 4xx', async (operation) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), async (bytes) => {
        const { status, code } = await post(operation, Buffer.from(bytes));
        expect([status, code.startsWith('OTS')], `${status} ${code}`).toEqual([
          expect.toSatisfy(isRefusal),
          true,
        ]);
      }),
      { numRuns: 25 },
    );
    await expectUntouched();
  });

  it('an empty body is a 4xx to every operation but ListTable', async () => {
    const answers = await Promise.all(OPERATIONS.map((operation) => post(operation, Buffer.alloc(0))));
    expect(answers.map(({ status }) => status)).toEqual(OPERATIONS.map(() => 400));
    expect((await post('ListTable', Buffer.alloc(0))).status).toBe(200);
  });

  it('a call whose bytes were corrupted or cut is refused, or was still a whole call; never more than that', async () => {
    const bodies = await recordedBodies();
    expect(bodies.map(([operation]) => operation)).toEqual([
      'PutRow',
      'UpdateRow',
      'DeleteRow',
      'GetRow',
      'BatchWriteRow',
    ]);
    const damage = fc.tuple(
      fc.constantFrom(...bodies),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(damage, async ([[operation, body], position, flip, cut]) => {
        const at = position % body.length;
        const damaged = Buffer.from(cut ? body.subarray(0, at) : body);
        if (!cut) damaged[at] = (damaged[at] ?? 0) ^ flip;
        const { status } = await post(operation, damaged);
        expect(status === 200 || isRefusal(status), `${operation} answered ${status}`).toBe(true);
      }),
      { numRuns: 400 },
    );
    await running.client.deleteRow({ tableName: 'safe', condition: always(), primaryKey: [{ id: 'new' }] });
  });

  it('filters nested a thousand deep are a 4xx', async () => {
    const equalsZero = [0x08, 1, 0x12, 1, 0x61, 0x1a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0x28, 1];
    let filter = Buffer.concat([Buffer.from([0x08, 0x01]), field(2, Buffer.from(equalsZero))]);
    for (let depth = 0; depth < 1_000; depth += 1) {
      const composite = Buffer.concat([Buffer.from([0x08, 0x02]), field(2, filter)]);
      filter = Buffer.concat([Buffer.from([0x08, 0x02]), field(2, composite)]);
    }
    const key = encodeMessage([
      encodeRow([{ name: 'id', value: { type: 'string', bytes: Buffer.from('x') } }], []),
    ]);
    const body = Buffer.concat([
      field(1, Buffer.from('safe')),
      field(2, key),
      Buffer.from([0x28, 1]),
      field(7, filter),
    ]);
    const { status, message } = await post('GetRow', body);
    expect([status, message]).toEqual([400, 'Filters are nested deeper than 32.']);
  });

  it('a body of 30 MB is refused with 413, and one that never ends loses its connection', async () => {
    const answer = await post('PutRow', Buffer.alloc(30 * 1024 * 1024));
    expect([answer.status, answer.code]).toEqual([413, 'OTSRequestBodyTooLarge']);
    const head = 'POST /PutRow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = `${(1024 * 1024).toString(16)}\r\n${'x'.repeat(1024 * 1024)}\r\n`;
    const endless = Buffer.concat([
      Buffer.from(head),
      ...Array.from({ length: 66 }, () => Buffer.from(chunk)),
    ]);
    expect(await onBareConnection(endless, false)).not.toContain(' 200 ');
    await expectUntouched();
  });

  it('half a request, and bytes that are no HTTP, end with a closed connection or a 400', async () => {
    const headers = Object.entries(signedHeaders({ path: '/PutRow' })).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const half = `POST /PutRow HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n${headers.join('')}\r\nhalf`;
    expect(await onBareConnection(Buffer.from(half), true)).not.toContain(' 200 ');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        const answer = await onBareConnection(Buffer.from(bytes), true);
        expect(answer === '' || answer.startsWith('HTTP/1.1 4')).toBe(true);
      }),
      { numRuns: 50 },
    );
    await expectUntouched();
  });
});

function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

/** A length-delimited protobuf field. */
function field(number: number, bytes: Buffer): Buffer {
  const length: number[] = [];
  let left = bytes.length;
  for (; left >= 0x80; left >>>= 7) length.push((left & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, left]), bytes]);
}
