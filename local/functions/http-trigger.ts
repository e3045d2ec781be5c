import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FunctionHostOptions, InvocationResult } from './contract';
import type { HttpTrigger } from './function-settings';
import { type HttpAnswer, httpAnswer } from './http-answer';
import { checkRequestHead, httpEvent } from './http-event';
import { newRequestId } from './ids';
import { ASYNC_DELAY_LIMIT_SECONDS, ASYNC_PAYLOAD_LIMIT_BYTES, SYNC_PAYLOAD_LIMIT_BYTES } from './limits';
import { FcRefusal } from './refusal';
import { readBody, serveLoopback, type WebServer } from './web-server';

export interface TriggerCalls {
  readonly invoke: (requestId: string, payload: Buffer) => Promise<InvocationResult>;
  /** Takes the event in, for later; throws a FcRefusal when it cannot. */
  readonly enqueue: (requestId: string, payload: Buffer, delayMs: number) => void;
}

/** The public address of an HTTP function: every path reaches the handler, listed methods only. */
export function serveHttpTrigger(
  trigger: HttpTrigger,
  port: number,
  host: FunctionHostOptions,
  calls: TriggerCalls,
): Promise<WebServer> {
  const nowMs = () => host.clock.nowMs();
  const triggerId = randomUUID();

  const answer = async (request: IncomingMessage, requestId: string): Promise<HttpAnswer> => {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    if (!trigger.triggerConfig.methods.some((allowed) => allowed === method)) {
      throw new FcRefusal(
        405,
        'MethodNotAllowed',
        `The trigger takes ${trigger.triggerConfig.methods.join(', ')}`,
      );
    }
    checkRequestHead(url, request.rawHeaders);
    const isAsync = isAsyncInvocation(request);
    const body = await readBody(request, isAsync ? ASYNC_PAYLOAD_LIMIT_BYTES : SYNC_PAYLOAD_LIMIT_BYTES, () =>
      payloadTooLarge(isAsync),
    );
    const wire = {
      method,
      url,
      rawHeaders: request.rawHeaders,
      headers: request.headers,
      httpVersion: request.httpVersion,
      sourceIp: request.socket.remoteAddress ?? '',
      body,
    };
    const event = httpEvent(wire, { accountId: host.accountId, triggerId, requestId, nowMs: nowMs() });
    if (!isAsync) return httpAnswer(await calls.invoke(requestId, event));
    calls.enqueue(requestId, event, asyncDelayMs(request));
    return { status: 202, headers: {}, body: Buffer.alloc(0) };
  };
  return serveLoopback(port, nowMs, () => newRequestId(nowMs()), answer);
}

/** HTTP triggers and the InvokeFunction API read the same header. */
export function isAsyncInvocation(request: IncomingMessage): boolean {
  const type = String(request.headers['x-fc-invocation-type'] ?? 'Sync');
  if (type !== 'Sync' && type !== 'Async') {
    throw new FcRefusal(400, 'InvalidArgument', `x-fc-invocation-type is Sync or Async, not ${type}`);
  }
  return type === 'Async';
}

export function asyncDelayMs(request: IncomingMessage): number {
  const text = request.headers['x-fc-async-delay'];
  if (text === undefined) return 0;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > ASYNC_DELAY_LIMIT_SECONDS) {
    throw new FcRefusal(
      400,
      'InvalidArgument',
      `x-fc-async-delay is 1 to ${ASYNC_DELAY_LIMIT_SECONDS} seconds`,
    );
  }
  return seconds * 1000;
}

export function payloadTooLarge(isAsync: boolean): FcRefusal {
  const limitBytes = isAsync ? ASYNC_PAYLOAD_LIMIT_BYTES : SYNC_PAYLOAD_LIMIT_BYTES;
  return new FcRefusal(
    400,
    'InvalidArgument',
    `payload size exceeds maximum allowed size (${limitBytes} bytes)`,
  );
}
