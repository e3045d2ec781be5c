import { describe, expect, it } from 'vitest';
import type { Grant, Sight, Window } from '../../../../shared/domain/sharing/ledger';
import type { ObservedAssociation, ObservedShare } from '../../../../shared/domain/sharing/observation';
import { nextImageSight, nextSight, viewsOf } from '../../../../shared/domain/sharing/sight';

const NOW_MS = 1_000_000;
const GRANTED: Sight = {
  is: 'granted',
  sinceMs: 10,
  via: { by: 'resource-share', resourceShareId: 'rs-1' },
};

function grant(sight: Sight, windows: Window[] = [{ requestId: 'req-1', startMs: 0, endMs: null }]): Grant {
  return { principal: { type: 'account', id: 'p' }, windows, sight };
}

function association(
  entityId: string,
  status: ObservedAssociation['status'],
  external = true,
): ObservedAssociation {
  return { entityId, entityType: 'Snapshot', status, failureReason: '', createMs: 0, updateMs: 5, external };
}

function share(facts: Partial<ObservedShare>): ObservedShare {
  return {
    resourceShareId: 'rs-1',
    resourceShareName: 'sharekeeper-1',
    status: 'Active',
    allowExternalTargets: true,
    resources: [],
    principals: [],
    ...facts,
  };
}

describe('what is seen of a grant', () => {
  it('is leaving, and not gone, while the share that gave it is being deleted', () => {
    const deleting = share({
      status: 'Deleting',
      resources: [association('r', 'Disassociating')],
      principals: [association('p', 'Disassociating')],
    });
    const facts = { wanted: false, inside: true, seenMs: NOW_MS };
    expect(nextSight(grant(GRANTED), viewsOf([deleting], 'r', 'p'), facts).is).toBe('leaving');
    const deleted = { ...deleting, status: 'Deleted' as const };
    expect(nextSight(grant(GRANTED), viewsOf([deleted], 'r', 'p'), facts).is).toBe('gone');
  });

  it('is gone, and can come back, when somebody took the resource out of the share by hand', () => {
    const without = share({
      resources: [association('r', 'Disassociated')],
      principals: [association('p', 'Associated')],
    });
    const facts = { wanted: true, inside: false, seenMs: NOW_MS };
    expect(nextSight(grant(GRANTED), viewsOf([without], 'r', 'p'), facts).is).toBe('gone');
  });

  it('failed for the windows that were open then: one that opens later is asked for anew', () => {
    const failed: Sight = { is: 'failed', sinceMs: 500, reason: 'invitation-unanswered', detail: '' };
    const facts = { wanted: true, inside: false, seenMs: NOW_MS };
    expect(nextSight(grant(failed), [], facts)).toEqual(failed);
    const later: Window = { requestId: 'req-2', startMs: 900, endMs: null };
    expect(nextSight(grant(failed, [later]), [], facts)).toEqual({ is: 'absent', sinceMs: 900 });
  });
});

describe("an account on an image's list", () => {
  const absent: Sight = { is: 'absent', sinceMs: 0 };
  const facts = { wanted: false, listed: true, seenMs: NOW_MS };

  it('was put there by hand when no window has opened yet, and is left alone', () => {
    const later: Window = { requestId: 'req-1', startMs: NOW_MS + 1, endMs: null };
    expect(nextImageSight(grant(absent, [later]), facts)).toEqual(absent);
    const revokedBefore: Window = { requestId: 'req-1', startMs: 5, endMs: 5 };
    expect(nextImageSight(grant(absent, [revokedBefore]), facts)).toEqual(absent);
  });

  it('is ours to take off once a window was open, even if nobody saw how it got there', () => {
    const over: Window = { requestId: 'req-1', startMs: 5, endMs: 900 };
    expect(nextImageSight(grant(absent, [over]), facts).is).toBe('leaving');
  });
});
