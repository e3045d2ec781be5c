import { ACCOUNT_INSTANCES } from './limits';
import { FcRefusal } from './refusal';
import type { FunctionSettings } from './serverless-file';

/** How many requests may run at once: a function's reserved concurrency, or what the account has left for all others. */
export interface Concurrency {
  /** Takes a place, and returns the function that gives it back. Throws ResourceExhausted (429) when there is none. */
  readonly take: (functionName: string) => () => void;
}

export function concurrencyOf(functions: readonly FunctionSettings[]): Concurrency {
  const reservedOf = (settings: FunctionSettings) => settings.concurrencyConfig?.reservedConcurrency;
  const reserved = functions.reduce((sum, settings) => sum + (reservedOf(settings) ?? 0), 0);
  const shared = { running: 0, limit: ACCOUNT_INSTANCES - reserved };
  const places = new Map(
    functions.map((settings) => {
      const limit = reservedOf(settings);
      return [settings.functionName, limit === undefined ? shared : { running: 0, limit }];
    }),
  );
  return {
    take(functionName) {
      const place = places.get(functionName) ?? shared;
      if (place.running >= place.limit) {
        const message = `Function ${functionName} runs ${place.running} requests at once, which is its limit`;
        throw new FcRefusal(429, 'ResourceExhausted', message);
      }
      place.running += 1;
      return () => {
        place.running -= 1;
      };
    },
  };
}
