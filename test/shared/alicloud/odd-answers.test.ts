import { afterEach, describe, expect, it } from 'vitest';
import { providerClient } from '../../../shared/alicloud/provider-client';
import { sharingProvider } from '../../../shared/alicloud/sharing-provider';
import { configurationAt, CREDENTIALS, json, outside, type Outside, type Say } from './outside';

const OWN = { accountId: '1000000000000001', regionId: 'cn-hangzhou', credentials: CREDENTIALS };
const PLACE = { ownerAccountId: '1000000000000001', regionId: 'cn-hangzhou' };
const TIMES = { CreateTime: '2026-01-01T00:00:00.000Z', UpdateTime: '2026-01-01T00:00:01.000Z' };
const SHARE = {
  ResourceShareId: 'rs-1',
  ResourceShareName: 'one',
  ResourceShareOwner: OWN.accountId,
  ResourceShareStatus: 'Active',
  AllowExternalTargets: false,
  ...TIMES,
};
const ASSOCIATION = {
  ResourceShareId: 'rs-1',
  AssociationType: 'Target',
  EntityId: '1000000000000002',
  EntityType: 'Account',
  AssociationStatus: 'Associated',
  ...TIMES,
};

let provider: Outside | undefined;
afterEach(() => provider?.close());

async function observe(shares: object[], targets: object[]) {
  const answer: Say = (response, request) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://outside');
    const associations = searchParams.get('AssociationType') === 'Target' ? targets : [];
    const body = { RequestId: 'R-1', ResourceShares: shares, ResourceShareAssociations: associations };
    json(200, body)(response, request);
  };
  provider = await outside(answer);
  const client = providerClient(configurationAt({ '*/*': provider.url }), OWN, { nowMs: Date.now });
  return sharingProvider(client).observe(PLACE, []);
}

describe('an answer that is not as documented', () => {
  it('with a share status that nobody knows makes no observation', async () => {
    await expect(observe([{ ...SHARE, ResourceShareStatus: 'Frozen' }], [])).rejects.toMatchObject({
      kind: 'unknown',
      code: 'UnexpectedAnswer',
      message: expect.stringContaining(
        'ListResourceShares.ResourceShares[0].ResourceShareStatus is "Frozen"',
      ),
    });
  });

  it('with an association status that nobody knows makes no observation', async () => {
    const odd = { ...ASSOCIATION, AssociationStatus: 'Paused' };
    await expect(observe([SHARE], [ASSOCIATION, odd])).rejects.toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('ResourceShareAssociations[1].AssociationStatus is "Paused"'),
    });
  });

  it('with something associated to a share that is not listed makes no observation', async () => {
    await expect(observe([SHARE], [{ ...ASSOCIATION, ResourceShareId: 'rs-2' }])).rejects.toMatchObject({
      kind: 'try-again',
      code: 'ChangedWhileRead',
    });
  });

  it.each(['Failed', 'Disassociated'])(
    'with a %s record that outlived its share is an observation without it',
    async (AssociationStatus) => {
      const past = { ...ASSOCIATION, ResourceShareId: 'rs-2', AssociationStatus };
      const { shares } = await observe([SHARE], [ASSOCIATION, past]);
      expect(shares.map((share) => share.principals.length)).toEqual([1]);
    },
  );

  it('with the reason of a failure in its details tells that reason', async () => {
    const failed = {
      ...ASSOCIATION,
      AssociationStatus: 'Failed',
      AssociationStatusMessage: 'Too many.',
      AssociationFailedDetails: [{ FailureReason: 'LimitExceeded' }],
    };
    const { shares } = await observe([SHARE], [failed]);
    expect(shares[0]?.principals[0]?.failureReason).toBe('LimitExceeded');
  });
});
