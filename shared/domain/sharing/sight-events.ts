import type { Actor, NewEvent } from '../audit/event';
import type { Grant, Sight } from './ledger';
import type { ResourceRef } from './resource';

/** The events that tell of a grant's step from one sight to the next; none when it is the same state still. */
export function eventsOfStep(resource: ResourceRef, grant: Grant, next: Sight, by: Actor): NewEvent[] {
  const before = grant.sight;
  if (before.is === next.is) return [];
  const data = {
    resource: { ...resource },
    principal: { ...grant.principal },
    requestIds: grant.windows.map(({ requestId }) => requestId),
  };
  switch (next.is) {
    case 'absent':
      return [];
    case 'arriving':
      return [{ type: 'grant.arriving', by, data: { ...data, resourceShareId: next.resourceShareId } }];
    case 'invited': {
      const { resourceShareId, deadlineMs } = next;
      return [{ type: 'invitation.waiting', by, data: { ...data, resourceShareId, deadlineMs } }];
    }
    case 'granted': {
      const granted: NewEvent = { type: 'grant.granted', by, data: { ...data, via: { ...next.via } } };
      if (before.is !== 'invited') return [granted];
      const { resourceShareId } = before;
      return [{ type: 'invitation.accepted', by, data: { ...data, resourceShareId } }, granted];
    }
    case 'failed': {
      const { reason, detail } = next;
      const failed: NewEvent = { type: 'grant.failed', by, data: { ...data, reason, detail } };
      if (before.is !== 'invited') return [failed];
      const { resourceShareId } = before;
      return [{ type: 'invitation.ended', by, data: { ...data, resourceShareId, reason } }, failed];
    }
    case 'leaving':
      return [{ type: 'grant.leaving', by, data: { ...data, via: { ...next.via } } }];
    case 'gone':
      return [{ type: 'grant.gone', by, data }];
  }
}
