import { expect, test } from 'vitest';
import { FcRefusal } from '../../../local/functions/refusal';
import { serveLoopback } from '../../../local/functions/web-server';

test.each([
  ['a refusal', new FcRefusal(503, 'ServiceUnavailable', 'starting'), 503, 'ServiceUnavailable', 'starting'],
  ['a mistake of ours', new TypeError('broken'), 500, 'InternalServerError', 'broken'],
])('%s thrown at once is answered, and the server goes on', async (_what, thrown, status, Code, Message) => {
  const server = await serveLoopback(
    0,
    Date.now,
    () => 'request-1',
    () => {
      throw thrown;
    },
  );
  try {
    for (let round = 0; round < 2; round += 1) {
      const answer = await fetch(server.url);
      expect([answer.status, await answer.json()]).toEqual([
        status,
        { RequestId: 'request-1', Code, Message },
      ]);
    }
  } finally {
    await server.close();
  }
});
