import type { Refusal } from '../flow/refusal';
import type { EdgeRefusal } from './edge-refusal';
import type { Words } from './problem-words';

type MessageRefusal = Extract<
  Refusal | EdgeRefusal,
  { reason: 'invalid' | 'media-type' | 'unreadable-event' | `unknown-${string}` | `body-${string}` }
>;

/** Words for what cannot be read, or is not what this address takes. */
export function wordsForMessage(refusal: MessageRefusal): Words {
  switch (refusal.reason) {
    case 'invalid':
      return {
        title: 'Not valid',
        detail: `${refusal.problems.length === 1 ? 'One thing is' : `${refusal.problems.length} things are`} wrong with what was sent.`,
        nextStep: 'Correct each entry of "errors" and send it again.',
        errors: refusal.problems,
      };
    case 'unknown-path':
      return {
        title: 'No such address',
        detail: `There is nothing at ${refusal.path.slice(0, 200)}.`,
        nextStep: 'Check the path; the API lives under /v1.',
      };
    case 'unknown-method': {
      const allow = refusal.allowed.join(', ');
      return {
        title: 'No such method',
        detail: `This address does not take ${refusal.method}.`,
        nextStep: `Use one of: ${allow}.`,
        headers: { allow },
      };
    }
    case 'body-too-large':
      return {
        title: 'Too large',
        detail: `The body has more than ${refusal.bytesMax} bytes.`,
        nextStep: 'Split it into several requests.',
      };
    case 'body-not-json':
      return {
        title: 'Not JSON',
        detail: `The body cannot be read: ${refusal.why}.`,
        nextStep: 'Send one JSON object in UTF-8.',
      };
    case 'media-type':
      return {
        title: 'Not JSON',
        detail: `The body is sent as ${refusal.got === '' ? 'nothing in particular' : refusal.got.slice(0, 100)}.`,
        nextStep: 'Send "Content-Type: application/json".',
      };
    case 'unreadable-event':
      return {
        title: 'Not an HTTP request',
        detail: `The call cannot be read: ${refusal.why}.`,
        nextStep: 'Call the HTTP trigger of this function.',
      };
  }
}
