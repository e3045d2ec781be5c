import * as z from 'zod/mini';
import { refused, type EdgeAnswer } from './edge-refusal';

/** What a handler of a built-in runtime answers to an HTTP trigger (function-compute: response of HTTP triggers). */
export interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  isBase64Encoded: boolean;
  body: string;
}

/** No body that we take is larger; Function Compute itself would let 32 MB through. */
export const BODY_BYTES_MAX = 256 * 1024;
/** Such a body with every character escaped by the event's JSON, and the largest headers and query. */
const EVENT_BYTES_MAX = 6 * BODY_BYTES_MAX + 64 * 1024;
/** Function Compute answers 502 to more. */
const ANSWER_HEADERS_BYTES_MAX = 8 * 1024;

/** HTTP event, version v1: headers in Title-Case, repeats joined by commas, `rawPath` still percent-encoded. */
const httpEvent = z.object({
  rawPath: z.string().check(z.startsWith('/')),
  body: z.prefault(z.string(), ''),
  isBase64Encoded: z.prefault(z.boolean(), false),
  headers: z.prefault(z.record(z.string(), z.string()), {}),
  queryParameters: z.prefault(z.record(z.string(), z.string()), {}),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});
type HttpEvent = z.infer<typeof httpEvent>;

/** The event of an HTTP trigger as a web-standard Request. The host of its URL means nothing: nobody may rely on it. */
export function requestFrom(event: Buffer): EdgeAnswer<Request> {
  if (event.length > EVENT_BYTES_MAX) return refused({ reason: 'body-too-large', bytesMax: BODY_BYTES_MAX });
  let parsed;
  try {
    parsed = httpEvent.safeParse(JSON.parse(event.toString('utf8')));
  } catch {
    return refused({ reason: 'unreadable-event', why: 'it is not JSON' });
  }
  if (!parsed.success) return refused({ reason: 'unreadable-event', why: 'it is not an HTTP trigger event' });
  const body = Buffer.from(parsed.data.body, parsed.data.isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > BODY_BYTES_MAX) return refused({ reason: 'body-too-large', bytesMax: BODY_BYTES_MAX });
  try {
    return { ok: true, value: webRequest(parsed.data, body) };
  } catch {
    return refused({ reason: 'unreadable-event', why: 'its method or a header is not allowed in HTTP' });
  }
}

function webRequest(event: HttpEvent, body: Buffer): Request {
  const url = new URL('https://function.invalid');
  // Not by joining strings: a path such as //example.com/x would become another host.
  url.pathname = event.rawPath;
  url.search = new URLSearchParams(event.queryParameters).toString();
  const { method } = event.requestContext.http;
  const bodyless = method === 'GET' || method === 'HEAD';
  return new Request(url, {
    method,
    headers: event.headers,
    ...(bodyless ? {} : { body: new Uint8Array(body) }),
  });
}

/** Function Compute sets these itself and refuses or drops ours. */
const HEADERS_NOT_OURS = new Set(['connection', 'content-length', 'date', 'keep-alive', 'server']);

/** A Response as Function Compute wants it. Throws when it cannot be said there: two cookies, or 8 KB of headers. */
export async function answerFrom(response: Response): Promise<HttpAnswer> {
  if (response.headers.getSetCookie().length > 1)
    throw new RangeError('An HTTP trigger cannot answer with more than one Set-Cookie header');
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !HEADERS_NOT_OURS.has(name)));
  if (JSON.stringify(headers).length > ANSWER_HEADERS_BYTES_MAX)
    throw new RangeError(`The headers of the answer have more than ${ANSWER_HEADERS_BYTES_MAX} bytes`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const isBase64Encoded = bytes.length > 0 && !isText(response.headers.get('content-type') ?? '');
  return {
    statusCode: response.status,
    headers,
    isBase64Encoded,
    body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function isText(contentType: string): boolean {
  return /^(text\/|application\/(.+\+)?json\b)/.test(contentType);
}
