import type { Json } from '../audit/canonical-json';

/** What a receiver can read about an event type before it subscribes. */
export interface CataloguedEvent {
  description: string;
  /** What `data` of such an event looks like. */
  example: { [key: string]: Json };
}

const REQUEST_ID = 'req-01JD8Z5W3Q';
const ACCOUNT_ID = '1600000000000002';
const RESOURCE = {
  ownerAccountId: '1600000000000001',
  regionId: 'cn-hangzhou',
  resourceType: 'Snapshot',
  resourceId: 's-bp1a2b3c4d5e6f7g8h9i',
};
const PRINCIPAL = { type: 'account', id: ACCOUNT_ID };
const GRANT = { resource: RESOURCE, principal: PRINCIPAL, requestIds: [REQUEST_ID] };
const VIA = { by: 'resource-share', resourceShareId: 'rs-Xk3Tq9vB' };
const CALL = {
  call: 'AssociateResourceShare',
  resourceShareId: 'rs-Xk3Tq9vB',
  resources: [{ resourceType: 'Snapshot', resourceId: 's-bp1a2b3c4d5e6f7g8h9i' }],
  targets: [ACCOUNT_ID],
};
const RECEIVER = { accountId: ACCOUNT_ID, regionId: 'cn-hangzhou' };
const INVITATION = {
  ...RECEIVER,
  invitationId: 'i-pMnItMX19fBJ7Qw2',
  resourceShareId: 'rs-Xk3Tq9vB',
  senderAccountId: '1600000000000001',
};
const USE_ID = 'use-4b1d7c9a';
const USE = {
  call: 'CreateDisk',
  snapshotId: 's-bp67acfmxazb4p9h2k1x',
  zoneId: 'cn-hangzhou-h',
  category: 'cloud_essd',
  sizeGiB: 40,
  diskName: 'restore-drill',
  encrypted: false,
  kmsKeyId: null,
};
const FINDING = {
  findingId: 'fnd-4b1d7c',
  rule: 'expired-shared-snapshot',
  severity: 'medium',
  resource: RESOURCE,
  title: 'Snapshot s-bp1a2b3c4d5e6f7g8h9i has expired and is still shared and billed',
};

/**
 * Every event type there is. A segment of a type is made of letters, digits and underscores (Standard Webhooks 1.0.0).
 * A type once published keeps its meaning; its data may gain fields and loses none.
 */
export const EVENT_CATALOGUE = {
  'request.created': {
    description: 'Somebody asked to share resources.',
    example: {
      requestId: REQUEST_ID,
      resources: [RESOURCE],
      principals: [PRINCIPAL],
      reason: 'Nightly restore test of the billing database',
      ticket: 'OPS-4711',
      startMs: 1_763_700_000_000,
      endMs: 1_766_292_000_000,
      policyVersion: 'v3',
      rules: ['backups'],
      extensionOf: null,
      approvals: [{ who: 'role approver', count: 1 }],
    },
  },
  'request.approval_given': {
    description: 'An approver agreed; others may have to agree as well.',
    example: {
      requestId: REQUEST_ID,
      comment: 'Fine for a week',
      shortenedToMs: 1_764_304_800_000,
      waitsFor: [{ who: 'group data', count: 1 }],
    },
  },
  'request.approved': {
    description:
      'Everybody agreed who had to, or the policy asks for nobody; the grants are wanted from now on.',
    example: { requestId: REQUEST_ID, comment: 'Fine until the test is over' },
  },
  'request.denied': {
    description: 'An approver said no.',
    example: { requestId: REQUEST_ID, comment: 'Share the image instead' },
  },
  'request.withdrawn': {
    description: 'The requester took an undecided request back.',
    example: { requestId: REQUEST_ID },
  },
  'request.break_glass': {
    description:
      'Somebody took access before anybody agreed, as the policy lets them. The skipped approvers should look at it.',
    example: {
      requestId: REQUEST_ID,
      reason: 'The billing database is down and this is the only copy',
      reviewDueMs: 1_763_786_400_000,
      skipped: [{ who: 'role approver', count: 1 }],
    },
  },
  'request.reviewed': {
    description: 'An approver looked at access that was taken before anybody agreed.',
    example: { requestId: REQUEST_ID, verdict: 'justified', comment: 'The outage was real' },
  },
  'request.review_overdue': {
    description: 'Nobody looked in time at access that was taken before anybody agreed.',
    example: {
      requestId: REQUEST_ID,
      requestedBy: 'https://id.example.com|ren',
      overdueMs: 1_763_786_400_000,
    },
  },
  'request.lapsed': {
    description: 'Nobody decided the request in time.',
    example: { requestId: REQUEST_ID, lapsedMs: 1_764_909_600_000 },
  },
  'request.revoked': {
    description: 'An approved request was ended early.',
    example: { requestId: REQUEST_ID, revokeReason: 'The partner contract ended' },
  },
  'grant.approved': {
    description: 'An approved request wants these principals to have this resource while its window is open.',
    example: { resource: RESOURCE, requestId: REQUEST_ID, principals: [PRINCIPAL] },
  },
  'grant.revoked': {
    description: 'A request was ended early and no longer wants these grants; others may still want them.',
    example: { resource: RESOURCE, requestId: REQUEST_ID, principals: [PRINCIPAL] },
  },
  'grant.arriving': {
    description: 'The provider is adding a principal to a resource.',
    example: { ...GRANT, resourceShareId: 'rs-Xk3Tq9vB' },
  },
  'grant.granted': {
    description: 'The provider shows that the principal can use the resource.',
    example: { ...GRANT, via: VIA },
  },
  'grant.failed': {
    description: 'A wanted grant did not come about.',
    example: { ...GRANT, reason: 'refused', detail: 'SnapshotNotShareable.Encrypted' },
  },
  'grant.leaving': {
    description: 'A grant that nobody wants any more is being removed.',
    example: { ...GRANT, via: VIA },
  },
  'grant.gone': {
    description: 'The provider shows that the principal can no longer use the resource.',
    example: GRANT,
  },
  'invitation.waiting': {
    description: 'A principal outside the directory was invited and has 7 days to answer.',
    example: { ...GRANT, resourceShareId: 'rs-Xk3Tq9vB', deadlineMs: 1_764_304_800_000 },
  },
  'invitation.accepted': {
    description: 'The invited principal accepted.',
    example: { ...GRANT, resourceShareId: 'rs-Xk3Tq9vB' },
  },
  'invitation.ended': {
    description: 'An invitation was rejected, ran out, or was taken back.',
    example: { ...GRANT, resourceShareId: 'rs-Xk3Tq9vB', reason: 'invitation-ended' },
  },
  'invitation.accepted_here': {
    description:
      'An invitation to one of our own accounts was accepted: by a person, or because its sender is on the list.',
    example: INVITATION,
  },
  'invitation.rejected_here': {
    description: 'An invitation to one of our own accounts was rejected by a person.',
    example: INVITATION,
  },
  'receiving.call_intended': {
    description: 'A write in the name of an account that receives is about to be made.',
    example: { ...RECEIVER, name: USE_ID, call: USE },
  },
  'receiving.call_made': {
    description: 'A write in the name of an account that receives was made, and this is what came of it.',
    example: {
      ...RECEIVER,
      name: USE_ID,
      call: USE,
      outcome: {
        is: 'done',
        requestId: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E',
        madeId: 'd-bp131n0q38u3a4zi7x2k',
      },
    },
  },
  'share.call_intended': {
    description: 'A write at the provider is about to be made.',
    example: { place: { ownerAccountId: '1600000000000001', regionId: 'cn-hangzhou' }, call: CALL },
  },
  'share.call_made': {
    description: 'A write at the provider was made, and this is what came of it.',
    example: {
      place: { ownerAccountId: '1600000000000001', regionId: 'cn-hangzhou' },
      call: CALL,
      outcome: { is: 'done', requestId: '4D6A9E1C-0B7F-5A5E-9C3B-2F1E8D7C6B5A' },
    },
  },
  'directory.member_joined': {
    description: 'An account became a member of the resource directory.',
    example: { accountId: ACCOUNT_ID, displayName: 'Payments test', folderId: 'fd-Qa7bC2dE3f' },
  },
  'directory.member_left': {
    description: 'An account is no longer a member of the resource directory.',
    example: { accountId: ACCOUNT_ID, displayName: 'Payments test', folderId: 'fd-Qa7bC2dE3f' },
  },
  'directory.member_moved': {
    description: 'A member was moved to another folder.',
    example: { accountId: ACCOUNT_ID, fromFolderId: 'fd-Qa7bC2dE3f', toFolderId: 'fd-Hs8dJ4kL5m' },
  },
  'directory.member_renamed': {
    description: 'A member has another display name.',
    example: { accountId: ACCOUNT_ID, from: 'Payments test', to: 'Payments staging' },
  },
  'directory.member_status_changed': {
    description: 'The status of a member changed, or it is being removed.',
    example: {
      accountId: ACCOUNT_ID,
      from: { status: 'CreateSuccess', deletionStatus: '' },
      to: { status: 'CreateSuccess', deletionStatus: 'Deleting' },
    },
  },
  'directory.folder_created': {
    description: 'A folder was made.',
    example: { folderId: 'fd-Hs8dJ4kL5m', folderName: 'Staging', parentFolderId: 'r-Vn9tAA' },
  },
  'directory.folder_renamed': {
    description: 'A folder has another name.',
    example: { folderId: 'fd-Hs8dJ4kL5m', from: 'Staging', to: 'Test' },
  },
  'directory.folder_moved': {
    description: 'A folder lies in another folder, with all that is below it.',
    example: { folderId: 'fd-Hs8dJ4kL5m', fromFolderId: 'r-Vn9tAA', toFolderId: 'fd-Qa7bC2dE3f' },
  },
  'directory.folder_deleted': {
    description: 'A folder is gone.',
    example: { folderId: 'fd-Hs8dJ4kL5m', folderName: 'Staging' },
  },
  'finding.opened': {
    description: 'A sweep found something that a person should know.',
    example: FINDING,
  },
  'finding.changed': {
    description: 'What is known of an open finding changed.',
    example: FINDING,
  },
  'finding.resolved': {
    description: 'A complete sweep no longer finds it.',
    example: FINDING,
  },
  'policy.uploaded': {
    description: 'An operator put another policy in place; requests are judged by it from now on.',
    example: { version: 'v3', previousVersion: 'v2', rules: ['backups'] },
  },
  'webhook.endpoint_added': {
    description: 'An operator added a webhook endpoint.',
    example: {
      endpointId: 'whe-01JD8Z6M2K',
      host: 'hooks.example.com',
      description: 'Ticket system',
      types: ['request.created'],
    },
  },
  'webhook.endpoint_disabled': {
    description: 'An endpoint gets no more events until somebody enables it again.',
    example: { endpointId: 'whe-01JD8Z6M2K', why: 'The receiver answered 410 Gone' },
  },
  'webhook.test': {
    description: 'Somebody wants to see whether an endpoint works.',
    example: { endpointId: 'whe-01JD8Z6M2K' },
  },
} as const satisfies Record<string, CataloguedEvent>;

export type EventType = keyof typeof EVENT_CATALOGUE;

export const EVENT_TYPES = Object.keys(EVENT_CATALOGUE) as EventType[];

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENT_CATALOGUE, text);
}
