import type { IncomingMessage } from 'node:http';
import { limits } from './limits';
import { Refusal } from './refusal';

/**
 * Reads a request's body. One that is too large is read to its end and thrown away, so that the client hears why; one that
 * does not end within reason loses its connection. Rejects with a Refusal, or with an Error when the client went away.
 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limits.bodyBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > limits.drainedBodyBytes) request.destroy();
    });
    request.on('end', () => {
      if (bytes <= limits.bodyBytes)
        return resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      reject(
        new Refusal(
          'OTSRequestBodyTooLarge',
          `The size of the request body exceeds ${limits.bodyBytes} bytes.`,
        ),
      );
    });
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new Error('The client went away before its request was complete'));
    });
  });
}
