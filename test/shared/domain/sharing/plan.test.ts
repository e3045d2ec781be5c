import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planImage, planShares } from '../../../../shared/domain/sharing/plan';
import type { WantedGrant } from '../../../../shared/domain/sharing/wanted';
import { PlacementOracle } from '../../../kit/placement-oracle';

const OUTSIDE = new Set(['p0', 'p1']);

function grant(pair: string): WantedGrant {
  const [resourceId = '', principalId = ''] = pair.split(' ');
  return {
    resource: { resourceType: 'Snapshot', resourceId },
    principalId,
    inside: !OUTSIDE.has(principalId),
  };
}

/** Plans and applies until nothing is left to do, looking at what is granted after every single call. */
function converge(
  provider: PlacementOracle,
  wanted: Set<string>,
  entitiesPerCallMax: number,
  afterCall: () => void,
): number {
  for (let rounds = 0; rounds < 50; rounds++) {
    const calls = planShares({
      wanted: [...wanted].map(grant),
      shares: provider.observed(),
      expected: [],
      entitiesPerCallMax,
      newShareName: () => `share-${(provider.named += 1)}`,
    });
    if (calls.length === 0) return rounds;
    for (const call of calls) {
      provider.apply(call);
      afterCall();
    }
  }
  throw new Error('The plan never came to rest');
}

const pair = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .map(([r, p]) => `r${r} p${p}`);
const wantedSets = fc.array(fc.uniqueArray(pair, { maxLength: 30 }), { minLength: 1, maxLength: 6 });

describe('placement', () => {
  it('ends with exactly the wanted grants, after any sequence of changes', () => {
    fc.assert(
      fc.property(wantedSets, fc.integer({ min: 1, max: 5 }), (sets, perCall) => {
        const provider = new PlacementOracle();
        for (const set of sets) {
          converge(provider, new Set(set), perCall, () => {});
          expect([...provider.pairs()].sort()).toEqual([...set].sort());
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never grants a pair that nobody wants, and never drops one that stays wanted, on the way', () => {
    fc.assert(
      fc.property(wantedSets, (sets) => {
        const provider = new PlacementOracle();
        for (const set of sets) {
          const wanted = new Set(set);
          const before = provider.pairs();
          converge(provider, wanted, 5, () => {
            const now = provider.pairs();
            for (const granted of now) expect(wanted.has(granted) || before.has(granted)).toBe(true);
            for (const had of before) if (wanted.has(had)) expect(now).toContain(had);
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives a principal outside the directory one share for good, so that it is invited once', () => {
    fc.assert(
      fc.property(wantedSets, (sets) => {
        const provider = new PlacementOracle();
        for (const set of sets) {
          converge(provider, new Set(set), 5, () => {});
          for (const outsider of OUTSIDE) {
            const shares = [...provider.shares.values()].filter(({ targets }) => targets.has(outsider));
            expect(shares.length).toBeLessThanOrEqual(1);
            for (const share of shares) expect([...share.targets]).toEqual([outsider]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps shares closed to the outside when all their principals are inside', () => {
    const provider = new PlacementOracle();
    converge(provider, new Set(['r0 p2', 'r0 p0']), 5, () => {});
    const scopes = [...provider.shares.values()].map(
      ({ external, targets }) => `${[...targets].join()} ${external ? 'open' : 'closed'}`,
    );
    expect(scopes.sort()).toEqual(['p0 open', 'p2 closed']);
  });

  it('puts principals that want the same resources into one share', () => {
    const provider = new PlacementOracle();
    const wanted = ['p2', 'p3', 'p4', 'p5'].flatMap((p) => ['r0', 'r1', 'r2'].map((r) => `${r} ${p}`));
    converge(provider, new Set(wanted), 5, () => {});
    expect(provider.shares.size).toBe(1);
  });

  it('does not ask again for what a creation without an answer may bring', () => {
    const calls = planShares({
      wanted: [grant('r0 p0')],
      shares: [],
      expected: [{ resources: [{ resourceType: 'Snapshot', resourceId: 'r0' }], targets: ['p0'] }],
      entitiesPerCallMax: 5,
      newShareName: () => 'n',
    });
    expect(calls).toEqual([]);
  });
});

describe('an image shared with single accounts', () => {
  it('takes ten accounts a call, because the provider drops the eleventh without a word', () => {
    const wanted = Array.from({ length: 12 }, (_, at) => `a${at}`);
    const calls = planImage('m-1', { wanted, ours: wanted, seen: [] });
    expect(
      calls.map((call) => (call.call === 'ModifyImageSharePermission' ? call.addAccounts.length : 0)),
    ).toEqual([10, 2]);
  });

  it('leaves alone an account that somebody else put there', () => {
    expect(planImage('m-1', { wanted: [], ours: ['a1'], seen: ['a1', 'by-hand'] })).toEqual([
      { call: 'ModifyImageSharePermission', imageId: 'm-1', addAccounts: [], removeAccounts: ['a1'] },
    ]);
  });
});
