import type { Clock } from '../../clock';
import { type CallLog, type CallRecord, callLog, withoutSecrets } from '../calls';
import { type Faults, faultSwitchboard } from '../faults';
import { newRequestId } from '../ids';
import { type Caller, ProviderRefusal } from '../product';
import { products } from '../products';
import type { World } from '../world';
import { type Answer, type Origin, refusalAnswer, successAnswer } from './answer';
import { answerAfter, answerBefore, throttledAnswer } from './apply-fault';
import { CLOCK_SKEW_MAX_MS, authenticate } from './authentication';
import { type Found, findAction } from './find-action';
import { nonceMemory } from './nonces';
import { rateLimits } from './rate-limits';
import { type RpcRequest, parametersOf } from './request';
import { runAction } from './run-action';

export interface Gateway {
  readonly calls: CallLog;
  readonly faults: Faults;
  /** Answers one call that came in on a region's endpoint. */
  answer(request: RpcRequest, regionId: string): Answer;
  /** Runs one action as an account, past signature, faults and limits, but through the same checks and code. */
  runAs(caller: Caller, action: ActionName, regionId: string, parameters: Record<string, string>): Body;
}

export interface ActionName {
  product: string;
  action: string;
}

type Body = Record<string, unknown>;

/** The one door to every product: who calls, may it be now, is it well formed; then the action itself. */
export function openGateway(
  world: World,
  clock: Clock,
  onChange: () => void,
  hasRateLimits: boolean,
): Gateway {
  const nonces = nonceMemory(2 * CLOCK_SKEW_MAX_MS);
  const limits = rateLimits();
  const faults = faultSwitchboard();
  const calls = callLog();

  const run = (caller: Caller, found: Found, regionId: string, flat: ReadonlyMap<string, string>) =>
    runAction(caller, found, regionId, flat, world, clock.nowMs(), onChange);

  function answerKnown(request: RpcRequest, found: Found, origin: Origin, record: CallRecordDraft): Answer {
    const flat = parametersOf(request);
    const caller = authenticate(request, flat, nonces, world, clock.nowMs());
    record.accountId = caller.accountId;
    const { accountId } = caller;
    const { regionId } = origin;
    const named = { product: found.product.name, action: found.name, accountId, regionId };
    const fault = faults.take(named);
    const early = fault && answerBefore(fault, origin);
    if (early) return early;
    const limitKey = [accountId, regionId, named.product, named.action].join(' ');
    const waitMs = hasRateLimits
      ? limits.admit(limitKey, found.action.ratePerSecond, clock.nowMs())
      : undefined;
    if (waitMs !== undefined) return throttledAnswer('Throttling.User', 400, waitMs, origin);
    const answer = answerOrRefusal(origin, () => successAnswer(run(caller, found, regionId, flat), origin));
    return fault ? answerAfter(fault, answer, origin) : answer;
  }

  return {
    calls,
    faults,
    answer(request, regionId) {
      const startedMs = performance.now();
      const flat = parametersOf(request);
      const name = request.headers['x-acs-action'] ?? flat.get('Action') ?? '';
      const version = request.headers['x-acs-version'] ?? flat.get('Version') ?? '';
      const productName = products.find((one) => one.version === version)?.name ?? 'unknown';
      const origin: Origin = { requestId: newRequestId(), product: productName, regionId };
      const record: CallRecordDraft = {
        timeMs: clock.nowMs(),
        accountId: '',
        product: productName,
        action: name,
        regionId,
        requestId: origin.requestId,
        parameters: withoutSecrets(flat),
      };
      const answer = answerOrRefusal(origin, () => {
        refuseXml(flat);
        return answerKnown(request, findAction(name, version, regionId), origin, record);
      });
      calls.add({ ...record, ...outcomeOf(answer), latencyMs: performance.now() - startedMs });
      return answer;
    },
    runAs(caller, { product, action }, regionId, parameters) {
      const version = products.find((one) => one.name === product)?.version ?? product;
      return run(
        caller,
        findAction(action, version, regionId),
        regionId,
        new Map(Object.entries(parameters)),
      );
    },
  };
}

type CallRecordDraft = Omit<CallRecord, 'sequence' | 'code' | 'status' | 'latencyMs'>;

function refuseXml(flat: ReadonlyMap<string, string>): void {
  const format = flat.get('Format') ?? 'JSON';
  if (format.toUpperCase() === 'JSON') return;
  throw new ProviderRefusal(400, 'InvalidFormat', 'This local cloud answers in JSON only: send Format=JSON.');
}

function answerOrRefusal(origin: Origin, act: () => Answer): Answer {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProviderRefusal) return refusalAnswer(error, origin);
    process.stderr.write(`local cloud: ${error instanceof Error ? error.stack : String(error)}\n`);
    const message = `The local cloud itself failed: ${error instanceof Error ? error.message : String(error)}`;
    return refusalAnswer({ status: 500, code: 'InternalError', message }, origin);
  }
}

function outcomeOf(answer: Answer): Pick<CallRecord, 'code' | 'status'> {
  switch (answer.kind) {
    case 'silence':
      return { code: 'NoAnswer', status: 0 };
    case 'reset':
      return { code: 'ConnectionReset', status: 0 };
    case 'http': {
      if (answer.status === 200) return { code: 'OK', status: 200 };
      const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false;
      return { code: isJson ? codeIn(answer.body) : 'NotJson', status: answer.status };
    }
  }
}

function codeIn(body: string): string {
  const parsed: unknown = JSON.parse(body);
  const hasCode = typeof parsed === 'object' && parsed !== null && 'Code' in parsed;
  return hasCode && typeof parsed.Code === 'string' ? parsed.Code : 'unknown';
}
