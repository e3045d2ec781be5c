import type { ProviderRefusal } from '../product';

/** What goes back to the caller: an HTTP answer, or one of the ways in which there is none. */
export type Answer =
  | { kind: 'http'; status: number; headers: Record<string, string>; body: string; delayMs: number }
  | { kind: 'silence' }
  | { kind: 'reset' };

/** Names the call in an answer. */
export interface Origin {
  requestId: string;
  product: string;
  regionId: string;
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    kind: 'http',
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(body),
    delayMs: 0,
  };
}

export function successAnswer(body: Record<string, unknown>, { requestId }: Origin): Answer {
  return jsonAnswer(200, { RequestId: requestId, ...body }, { 'x-acs-request-id': requestId });
}

/** The provider's error body: RequestId, HostId, Code, Message, Recommend. */
export function refusalAnswer(
  refusal: Pick<ProviderRefusal, 'status' | 'code' | 'message'>,
  { requestId, product, regionId }: Origin,
  headers: Record<string, string> = {},
): Answer {
  const body = {
    RequestId: requestId,
    HostId: `${product.toLowerCase()}.${regionId}.aliyuncs.com`,
    Code: refusal.code,
    Message: refusal.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${refusal.code}&product=${product}&requestId=${requestId}`,
  };
  return jsonAnswer(refusal.status, body, { 'x-acs-request-id': requestId, ...headers });
}

export function htmlAnswer(status: number): Answer {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>\n`;
  return { kind: 'http', status, headers: { 'content-type': 'text/html' }, body, delayMs: 0 };
}
