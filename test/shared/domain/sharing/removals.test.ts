import { describe, expect, it } from 'vitest';
import type { ObservedAssociation, ObservedShare } from '../../../../shared/domain/sharing/observation';
import { planImage, planShares } from '../../../../shared/domain/sharing/plan';
import type { ResourceType } from '../../../../shared/domain/sharing/resource';
import type { WantedGrant } from '../../../../shared/domain/sharing/wanted';

type Status = ObservedAssociation['status'];

function entity(
  entityId: string,
  status: Status = 'Associated',
  entityType = 'Snapshot',
): ObservedAssociation {
  return { entityId, entityType, status, failureReason: '', createMs: 0, updateMs: 0, external: false };
}

function share(resources: ObservedAssociation[], principals: ObservedAssociation[]): ObservedShare {
  return {
    resourceShareId: 'rs-1',
    resourceShareName: 'sharekeeper-1',
    status: 'Active',
    allowExternalTargets: false,
    resources,
    principals,
  };
}

function wants(resourceId: string, principalId: string, inside: boolean): WantedGrant {
  return { resource: { resourceType: 'Snapshot', resourceId }, principalId, inside };
}

function plan(shares: ObservedShare[], wanted: WantedGrant[] = [], reluctant = new Set<string>()) {
  return planShares({
    wanted,
    shares,
    expected: [],
    reluctant,
    entitiesPerCallMax: 5,
    newShareName: () => 'sharekeeper-new',
  });
}

const resource = (resourceId: string, resourceType: ResourceType = 'Snapshot') => ({
  resourceType,
  resourceId,
});

describe('taking access away', () => {
  it('deletes a share in which nothing is left', () => {
    const failed = share([entity('r', 'Failed')], [entity('p', 'Disassociated')]);
    expect(plan([failed])).toEqual([{ call: 'DeleteResourceShare', resourceShareId: 'rs-1' }]);
  });

  it('asks for no deletion while something is still on its way out: the provider would put it off', () => {
    expect(plan([share([entity('r', 'Disassociating')], [])])).toEqual([]);
    expect(plan([share([entity('r'), entity('s', 'Disassociating')], [entity('p')])])).toEqual([
      {
        call: 'DisassociateResourceShare',
        resourceShareId: 'rs-1',
        resources: [resource('r')],
        targets: [],
      },
    ]);
  });

  it('takes a deployment set out in a call of its own: instances in it keep nothing else shared', () => {
    const mixed = share([entity('r'), entity('ds', 'Associated', 'DeploymentSet')], [entity('p')]);
    expect(plan([mixed])).toEqual([
      {
        call: 'DisassociateResourceShare',
        resourceShareId: 'rs-1',
        resources: [resource('r')],
        targets: [],
      },
      {
        call: 'DisassociateResourceShare',
        resourceShareId: 'rs-1',
        resources: [resource('ds', 'DeploymentSet')],
        targets: [],
      },
    ]);
  });

  it('empties a share whose deletion was put off, so that a late acceptance finds nothing', () => {
    const invited = share([entity('r')], [entity('p', 'Associating')]);
    expect(plan([invited], [], new Set(['rs-1']))).toEqual([
      {
        call: 'DisassociateResourceShare',
        resourceShareId: 'rs-1',
        resources: [resource('r')],
        targets: [],
      },
    ]);
  });

  it('moves members rather than an account that left the directory, which would have to be invited', () => {
    const shared = share([entity('r'), entity('s')], [entity('left'), entity('member')]);
    const wanted = [wants('r', 'left', false), wants('r', 'member', true), wants('s', 'member', true)];
    expect(plan([shared], wanted)).toEqual([
      {
        call: 'CreateResourceShare',
        resourceShareName: 'sharekeeper-new',
        allowExternalTargets: false,
        resources: [resource('s')],
        targets: ['member'],
      },
    ]);
  });

  it('does not wait for an invitation to be accepted before it takes from an outsider what was revoked', () => {
    const shared = share([entity('r'), entity('s')], [entity('one'), entity('two')]);
    const wanted = [wants('r', 'one', false), wants('s', 'two', false)];
    expect(plan([shared], wanted).filter(({ call }) => call === 'DisassociateResourceShare')).toHaveLength(1);
  });
});

describe('an outsider that is just leaving', () => {
  it('is not invited again before it is seen to be gone', () => {
    const leaving = share([entity('r')], [entity('p', 'Disassociating')]);
    const calls = plan([leaving], [wants('r', 'p', false)]);
    expect(calls.filter(({ call }) => call === 'CreateResourceShare')).toEqual([]);
  });
});

describe("an image's list", () => {
  it('loses accounts in a call of its own, so that one that may not be added keeps nobody on it', () => {
    expect(planImage('m', { wanted: ['in'], ours: ['out'], seen: ['out'] })).toEqual([
      { call: 'ModifyImageSharePermission', imageId: 'm', addAccounts: [], removeAccounts: ['out'] },
      { call: 'ModifyImageSharePermission', imageId: 'm', addAccounts: ['in'], removeAccounts: [] },
    ]);
  });

  it('gets accounts one by one when several together were refused', () => {
    const calls = planImage('m', { wanted: ['a', 'b'], ours: [], seen: [] }, 1);
    expect(calls.map((call) => (call.call === 'ModifyImageSharePermission' ? call.addAccounts : []))).toEqual(
      [['a'], ['b']],
    );
  });
});
