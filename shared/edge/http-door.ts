import { answerFrom, requestFrom, type HttpAnswer } from './http-event';
import { describe, log, type FunctionContext } from './invocation';
import { problemResponse } from './problem';
import { secured } from './security-headers';

export type HttpHandler = (event: Buffer, context: FunctionContext) => Promise<HttpAnswer>;

/**
 * The door of a function behind an HTTP trigger. Nothing that is thrown gets past it: what the public address would
 * answer to a failed invocation is not documented, and its body would hold our stack.
 */
export function httpDoor(
  name: string,
  serve: (request: Request, context: FunctionContext) => Promise<Response>,
): HttpHandler {
  return async (event, context) => {
    const startMs = Date.now();
    const { requestId } = context;
    const read = requestFrom(event);
    const asked = read.ok ? { method: read.value.method, path: new URL(read.value.url).pathname } : {};
    const answered = (status: number) =>
      log(`${name}.answered`, { requestId, ...asked, status, tookMs: Date.now() - startMs });
    try {
      const response = read.ok
        ? await serve(read.value, context)
        : secured(problemResponse(read.refusal, requestId));
      const answer = await answerFrom(response);
      answered(answer.statusCode);
      return answer;
    } catch (error) {
      log(`${name}.failed`, { requestId, ...asked, error: describe(error) });
      answered(500);
      return await answerFrom(secured(problemResponse({ reason: 'failed' }, requestId)));
    }
  };
}
