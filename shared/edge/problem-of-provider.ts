import type { ProviderError } from '../flow/ports';
import type { Refusal } from '../flow/refusal';
import type { EdgeRefusal } from './edge-refusal';
import type { Words } from './problem-words';

type ProviderRefusal = Extract<Refusal | EdgeRefusal, { reason: `provider-${string}` | 'invitation-ended' }>;

const RETRY_AFTER_SECONDS = 5;

/** Words for what Alibaba Cloud did not let happen, or did not tell. */
export function wordsForProvider(refusal: ProviderRefusal): Words {
  switch (refusal.reason) {
    case 'invitation-ended':
      return {
        title: 'Already answered or ended',
        detail: `The invitation is ${refusal.status}.`,
        nextStep: 'If access is still wanted, ask the owner to share again: that makes a new invitation.',
      };
    case 'provider-refused':
      return {
        title: 'Refused by Alibaba Cloud',
        detail: `${refusal.code}: ${refusal.message}${refusal.requestId === '' ? '' : ` (request ${refusal.requestId})`}`,
        nextStep: 'Look up the code in the documents of the product, and change what it names.',
      };
    case 'provider-busy':
      return {
        title: 'Alibaba Cloud is busy',
        detail: `It did not take the call (${refusal.code}); nothing of it happened.`,
        nextStep: 'Wait as long as Retry-After says and send the same call again.',
        headers: { 'retry-after': String(Math.max(1, Math.ceil(refusal.afterMs / 1_000))) },
      };
    case 'provider-unsure':
      return {
        title: 'Not known whether it happened',
        detail: `Alibaba Cloud did not say what became of the call (${refusal.code}). It may or may not have had its effect.`,
        nextStep:
          'Send the same call with the same Idempotency-Key: it looks before it repeats anything. Without a key, look first.',
        headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
      };
  }
}

/** What an error from the provider is to a caller, by what may be done about it. */
export function refusalOfProvider({
  kind,
  code,
  message,
  requestId,
  afterMs,
}: ProviderError): ProviderRefusal {
  switch (kind) {
    case 'refused':
      return { reason: 'provider-refused', code, message, requestId };
    case 'try-again':
      return { reason: 'provider-busy', code, afterMs };
    case 'unknown':
      return { reason: 'provider-unsure', code };
  }
}
