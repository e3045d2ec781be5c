import type { Wake } from '../flow/ports';
import type { ProviderClient } from './provider-client';

/**
 * Starts another of our functions by an asynchronous invocation. It never throws: a wake that is lost is told to
 * `onLost` and costs a minute, until the timer of that function comes.
 */
export function wake(client: ProviderClient, onLost: (functionName: string, error: unknown) => void): Wake {
  return async (functionName) => {
    try {
      await client.startFunction(functionName);
    } catch (error) {
      onLost(functionName, error);
    }
  };
}
