import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';

/** An AccessKey; with a security token when it is temporary. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken: string;
}

export interface SignedCall {
  endpoint: URL;
  credentials: Credentials;
  action: string;
  version: string;
  /** RPC: everything in the query, path `/`. ROA: `pathname` and a JSON `body`. */
  request:
    | { style: 'RPC'; query: object }
    | { style: 'ROA'; pathname: string; headers: Record<string, string>; body: unknown };
  /** Until the answer has to be there whole. */
  deadlineMs: number;
}

export interface RawAnswer {
  status: number;
  text: string;
}

/**
 * One call, signed with ACS3-HMAC-SHA256, made once. Answers whatever came with a status below 400; throws what
 * openapi-core throws for the rest, or a RequestTimeoutError (failures.ts knows them all).
 */
export async function send(call: SignedCall): Promise<RawAnswer> {
  const { endpoint, request } = call;
  const client = new OpenApi(
    new $OpenApiUtil.Config({
      ...call.credentials,
      endpoint: endpoint.host,
      protocol: endpoint.protocol === 'http:' ? 'HTTP' : 'HTTPS',
      userAgent: 'sharekeeper',
    }),
  );
  const parameters = new $OpenApiUtil.Params({
    action: call.action,
    version: call.version,
    protocol: 'HTTPS',
    method: 'POST',
    authType: 'AK',
    style: request.style,
    pathname: request.style === 'RPC' ? '/' : request.pathname,
    reqBodyType: request.style === 'RPC' ? 'formData' : 'json',
    // As text: read as JSON by the SDK, an answer that is none would lose its status.
    bodyType: 'string',
  });
  const answer = await within(
    call.deadlineMs,
    client.callApi(parameters, openApiRequest(request), runtimeFor(call.deadlineMs)),
  );
  return { status: Number(answer.statusCode), text: String(answer.body) };
}

function openApiRequest(request: SignedCall['request']): $OpenApiUtil.OpenApiRequest {
  return request.style === 'RPC'
    ? new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query({ ...request.query }) })
    : new $OpenApiUtil.OpenApiRequest({ headers: request.headers, body: request.body });
}

/** Long enough that the deadline below comes first. */
const SOCKET_CLOSES_LATER_MS = 500;

/**
 * The SDK's own timeouts start again at each stage of a call, and the one for connecting is really one for silence, which
 * would cut off slow answers if it were shorter. So they only close the sockets that the deadline has given up.
 */
function runtimeFor(deadlineMs: number): RuntimeOptions {
  const timeoutMs = deadlineMs + SOCKET_CLOSES_LATER_MS;
  return new RuntimeOptions({ connectTimeout: timeoutMs, readTimeout: timeoutMs });
}

async function within<Value>(deadlineMs: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new CallTimeout(deadlineMs)), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

class CallTimeout extends Error {
  constructor(deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
    this.name = 'RequestTimeoutError';
  }
}
