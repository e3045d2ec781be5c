import type { Refusal } from '../flow/refusal';
import type { EdgeRefusal } from './edge-refusal';
import type { Words } from './problem-words';

type CallerRefusal = Extract<
  Refusal | EdgeRefusal,
  { reason: 'role-needed' | 'own-request' | 'not-yours' | `token-${string}` }
>;

/** Words for those whom we do not know, or who may not. */
export function wordsForCaller(refusal: CallerRefusal): Words {
  switch (refusal.reason) {
    case 'role-needed':
      return {
        title: 'Role needed',
        detail: `This needs one of these roles: ${refusal.needs.join(', ')}.`,
        nextStep:
          'Ask whoever manages your identity provider for the role; tokens carry it in the claim "roles".',
      };
    case 'own-request':
      return {
        title: 'Your own request',
        detail: 'Nobody decides a request that they made themselves.',
        nextStep: 'Ask another approver to decide it.',
      };
    case 'not-yours':
      return {
        title: 'Not yours',
        detail: 'Only the person who made the request may do this.',
        nextStep: 'Ask the requester.',
      };
    case 'token-missing':
      return notSignedIn(
        'There is no bearer token in the Authorization header.',
        'Bearer realm="sharekeeper"',
      );
    case 'token-expired':
      return notSignedIn('The token has expired.', INVALID_TOKEN);
    case 'token-refused':
      return notSignedIn('The token is not accepted here.', INVALID_TOKEN);
  }
}

const INVALID_TOKEN = 'Bearer realm="sharekeeper", error="invalid_token"';

function notSignedIn(detail: string, challenge: string): Words {
  return {
    title: 'Not signed in',
    detail,
    nextStep: 'Get a new token from the identity provider and send it as "Authorization: Bearer <token>".',
    headers: { 'www-authenticate': challenge },
  };
}
