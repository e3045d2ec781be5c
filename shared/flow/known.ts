import { known, unknown, type Known } from '../domain/sharing/preflight/facts';
import { ProviderError } from './ports';

/** What a read comes to: what it found, or why the provider did not tell. Other failures are ours and are thrown on. */
export async function knownBy<Value>(read: () => Promise<Value>): Promise<Known<Value>> {
  try {
    return known(await read());
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return unknown(`${error.code}: ${error.message}`);
  }
}

/** One read for each key, however often it is asked for. */
export function readOnce<Value>(): (key: string, read: () => Promise<Value>) => Promise<Known<Value>> {
  const reads = new Map<string, Promise<Known<Value>>>();
  return (key, read) => {
    const made = reads.get(key) ?? knownBy(read);
    reads.set(key, made);
    return made;
  };
}
