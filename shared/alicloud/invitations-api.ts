import type { INVITATION_STATUSES } from '../domain/receiving/invitation';

/** The receiving half of Resource Sharing 2020-01-10, in the wire's spelling (see resource-sharing-api.ts). */
export interface InvitationsApi {
  ListResourceShareInvitations(
    request: ListResourceShareInvitationsRequest,
  ): ListResourceShareInvitationsResponseBody;
  AcceptResourceShareInvitation(request: AnswerInvitationRequest): AcceptResourceShareInvitationResponseBody;
  RejectResourceShareInvitation(request: AnswerInvitationRequest): RejectResourceShareInvitationResponseBody;
}

/** There is no filter by status. */
export interface ListResourceShareInvitationsRequest {
  /** At most 5. */
  ResourceShareInvitationIds?: string[];
  /** 1 to 100; default 20. */
  MaxResults?: number;
  NextToken?: string | undefined;
}

export interface AnswerInvitationRequest {
  ResourceShareInvitationId: string;
}

export interface ListResourceShareInvitationsResponseBody {
  RequestId: string;
  /** Absent or empty on the last page. */
  NextToken?: string;
  ResourceShareInvitations: (Invitation & { InvitationFailedDetails?: InvitationFailedDetail[] })[];
}

/** 200 also when it fails: the status is AcceptFailed then. */
export interface AcceptResourceShareInvitationResponseBody {
  RequestId: string;
  ResourceShareInvitation: Invitation & { AcceptInvitationFailedDetails?: InvitationFailedDetail[] };
}

export interface RejectResourceShareInvitationResponseBody {
  RequestId: string;
  ResourceShareInvitation: Invitation;
}

export interface Invitation {
  ResourceShareInvitationId: string;
  ResourceShareId: string;
  ResourceShareName: string;
  SenderAccountId: string;
  ReceiverAccountId: string;
  Status: (typeof INVITATION_STATUSES)[number];
  CreateTime: string;
}

export interface InvitationFailedDetail {
  ResourceId: string;
  ResourceType: string;
  FailureReason: string;
  FailureDescription: string;
}
