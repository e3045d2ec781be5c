import { createHash, createHmac } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import { ACCESS_KEY, INSTANCE } from './running';

/** One answer as it came over the wire, with the error that a refusal's body holds. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly code: string;
  readonly message: string;
}

export interface RawRequest {
  readonly path?: string;
  readonly method?: string;
  readonly body?: Buffer;
  readonly secret?: string;
  /** Headers to set before signing; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Headers to set after signing. */
  readonly unsigned?: Readonly<Record<string, string>>;
}

/** Signs a request from the protocol's description, independently of the SDK and of the server. */
export function signedHeaders({
  path = '/ListTable',
  body = Buffer.alloc(0),
  ...more
}: RawRequest): Record<string, string> {
  const all: Record<string, string | undefined> = {
    'x-ots-date': new Date().toISOString(),
    'x-ots-apiversion': '2015-12-31',
    'x-ots-accesskeyid': ACCESS_KEY.accessKeyId,
    'x-ots-contentmd5': createHash('md5').update(body).digest('base64'),
    'x-ots-instancename': INSTANCE,
    ...more.headers,
  };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) if (value !== undefined) headers[name] = value;
  const names = Object.keys(headers).sort();
  const text = [path, 'POST', '', ...names.map((name) => `${name}:${headers[name]}`), ''].join('\n');
  headers['x-ots-signature'] = hmac(more.secret ?? ACCESS_KEY.secretAccessKey, text);
  return { ...headers, ...more.unsigned };
}

export function hmac(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text).digest('base64');
}

export function send(url: string, raw: RawRequest): Promise<RawAnswer> {
  const { path = '/ListTable', method = 'POST', body = Buffer.alloc(0) } = raw;
  return new Promise((resolve, reject) => {
    const headers = { ...signedHeaders(raw), 'content-length': body.length };
    const sent = request(new URL(path, url), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: bytes,
          ...errorIn(bytes),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Reads `Error { 1: code, 2: message }` when the bytes are one. */
function errorIn(bytes: Buffer): { code: string; message: string } {
  const fields: Record<number, string> = {};
  let at = 0;
  while (at + 1 < bytes.length) {
    const field = (bytes[at++] ?? 0) >> 3;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    fields[field] = bytes.toString('utf8', at, at + length);
    at += length;
  }
  return { code: fields[1] ?? '', message: fields[2] ?? '' };
}
