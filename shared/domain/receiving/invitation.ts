export const INVITATION_STATUSES = [
  'Pending',
  'Accepted',
  'Cancelled',
  'Rejected',
  'Expired',
  'AcceptFailed',
] as const;

/** An invitation as the account that received it sees it. */
export interface ReceivedInvitation {
  invitationId: string;
  resourceShareId: string;
  resourceShareName: string;
  /** Who shares. */
  senderAccountId: string;
  status: (typeof INVITATION_STATUSES)[number];
  createMs: number;
  /** Why accepting it failed, resource by resource; empty for every other status. */
  failures: InvitationFailure[];
}

export interface InvitationFailure {
  resourceType: string;
  resourceId: string;
  reason: string;
  description: string;
}

export type InvitationAnswer = 'accept' | 'reject';

/** Resource Sharing: an invitation to an account outside the directory can be answered for 7 days. */
const ANSWERED_WITHIN_MS = 7 * 86_400_000;

export function answerByMs({ createMs }: ReceivedInvitation): number {
  return createMs + ANSWERED_WITHIN_MS;
}

/** Whether somebody still has to say yes or no. What could not be accepted may be accepted once its reason is gone. */
export function isWaiting(invitation: ReceivedInvitation): boolean {
  return standingFor(invitation, 'accept') === 'open';
}

/** What an answer would meet: an open question, the same answer given before, or the end of the matter. */
export function standingFor(
  { status }: ReceivedInvitation,
  answer: InvitationAnswer,
): 'open' | 'already' | 'ended' {
  switch (status) {
    case 'Pending':
    case 'AcceptFailed':
      return 'open';
    case 'Accepted':
      return answer === 'accept' ? 'already' : 'ended';
    case 'Rejected':
      return answer === 'reject' ? 'already' : 'ended';
    case 'Cancelled':
    case 'Expired':
      return 'ended';
  }
}

/**
 * Whether nobody has to be asked: it is from an owner on the list, in time, and was not tried before. One whose
 * acceptance failed is left to a person: trying each minute would help nobody.
 */
export function mayBeAcceptedUnasked(
  invitation: ReceivedInvitation,
  acceptFrom: readonly string[],
  nowMs: number,
): boolean {
  return (
    invitation.status === 'Pending' &&
    acceptFrom.includes(invitation.senderAccountId) &&
    nowMs < answerByMs(invitation)
  );
}
