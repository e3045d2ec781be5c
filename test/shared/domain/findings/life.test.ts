import { describe, expect, test } from 'vitest';
import type { Finding, Observed } from '../../../../shared/domain/findings/finding';
import { found, notFound } from '../../../../shared/domain/findings/life';

const OBSERVED: Observed = {
  findingId: 'expired-shared-snapshot/1000000000000001/cn-hangzhou/Snapshot/s-1',
  rule: 'expired-shared-snapshot',
  severity: 'low',
  resource: {
    ownerAccountId: '1000000000000001',
    regionId: 'cn-hangzhou',
    resourceType: 'Snapshot',
    resourceId: 's-1',
  },
  title: 'Snapshot s-1 has expired',
  advice: 'Unshare it.',
  cost: null,
  evidence: { expiryMs: 500, chain: { totalBytes: 10, snapshotCount: 2 } },
};
const OPEN: Finding = { ...OBSERVED, firstSeenMs: 1_000, lastSeenMs: 2_000, state: { is: 'open' } };
const RESOLVED: Finding = { ...OPEN, state: { is: 'resolved', atMs: 2_500 } };
const BY = 'snapshot-sweeper';

describe('a finding', () => {
  test('is opened when it is first seen', () => {
    const step = found(null, OBSERVED, 3_000, BY);
    expect(step).toMatchObject({
      finding: { firstSeenMs: 3_000, lastSeenMs: 3_000, state: { is: 'open' } },
      events: [
        {
          type: 'finding.opened',
          by: { kind: 'function', name: 'snapshot-sweeper' },
          data: { findingId: OBSERVED.findingId, title: 'Snapshot s-1 has expired', cost: null },
        },
      ],
    });
  });

  test('that is seen again unchanged is only seen later, and makes no event', () => {
    expect(found(OPEN, structuredClone(OBSERVED), 3_000, BY)).toEqual({
      is: 'write',
      finding: { ...OPEN, lastSeenMs: 3_000 },
      events: [],
    });
  });

  test('whose evidence differs is changed, and keeps when it was first seen', () => {
    const grown = { ...OBSERVED, evidence: { expiryMs: 500, chain: { totalBytes: 11, snapshotCount: 2 } } };
    const step = found(OPEN, grown, 3_000, BY);
    expect(step).toMatchObject({ finding: { firstSeenMs: 1_000, evidence: grown.evidence } });
    expect(step).toHaveProperty('events.0.type', 'finding.changed');
  });

  test('is not replaced by less when part of it could not be read', () => {
    const poorer = { ...OBSERVED, evidence: { expiryMs: 500, chain: null } };
    expect(found(OPEN, poorer, 3_000, BY, 'partial')).toEqual({
      is: 'write',
      finding: { ...OPEN, lastSeenMs: 3_000 },
      events: [],
    });
  });

  test('is opened even when part of it could not be read', () => {
    expect(found(null, OBSERVED, 3_000, BY, 'partial')).toHaveProperty('events.0.type', 'finding.opened');
  });

  test('that a complete sweep does not find is resolved', () => {
    const step = notFound(OPEN, 3_000, BY);
    expect(step).toMatchObject({ finding: { lastSeenMs: 2_000, state: { is: 'resolved', atMs: 3_000 } } });
    expect(step).toHaveProperty('events.0.type', 'finding.resolved');
  });

  test('that is resolved, or was never there, is not resolved again', () => {
    expect(notFound(RESOLVED, 3_000, BY)).toEqual({ is: 'keep' });
    expect(notFound(null, 3_000, BY)).toEqual({ is: 'keep' });
  });

  test('that comes back is opened again, and says so', () => {
    const step = found(RESOLVED, OBSERVED, 3_000, BY);
    expect(step).toMatchObject({
      finding: { firstSeenMs: 1_000, lastSeenMs: 3_000, state: { is: 'open' } },
      events: [{ type: 'finding.opened', data: { reopened: true } }],
    });
  });
});
