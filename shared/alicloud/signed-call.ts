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

function runtimeFor(deadlineMs: number): RuntimeOptions {
  // The SDK's connect timeout is really a timeout for silence on the socket, so a shorter one would cut slow answers.
  return new RuntimeOptions({ connectTimeout: deadlineMs, readTimeout: deadlineMs });
}

/** The SDK's own timeouts start again at each stage and do not watch the body, so the whole call gets this one. */
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
