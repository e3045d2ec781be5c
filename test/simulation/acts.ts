import type { Act } from '../../local/cloud/act';
import { ProviderRefusal } from '../../local/cloud/product';
import type { Memory } from './memory';

/** The provider may refuse what people try; then nothing happened. */
export function acts(memory: Memory, act: Act): string {
  try {
    memory.stage.cloud.act(act);
    return 'done';
  } catch (error) {
    if (error instanceof ProviderRefusal) return error.code;
    throw error;
  }
}
