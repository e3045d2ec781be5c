import { beforeEach, describe, expect, test } from 'vitest';
import { ecs } from '../../../local/cloud/ecs/product';
import { vpc } from '../../../local/cloud/vpc/product';
import type { World } from '../../../local/cloud/world';
import { addHandMadeShare } from '../../../local/estates/shares';
import { TINY, tiny } from '../../../local/estates/tiny';
import { ask, refusalOf } from '../../kit/ask';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');
const { regionId } = TINY;
let world: World;

beforeEach(() => {
  world = tiny(NOW_MS).world;
});

function question(action: string, by: string, parameters: Record<string, string> = {}) {
  return {
    world,
    product: ecs,
    action,
    by,
    regionId,
    nowMs: NOW_MS,
    parameters: { RegionId: regionId, ...parameters },
  };
}

function shareWith(principal: string, type: string, id: string): void {
  addHandMadeShare(world, {
    resourceShareId: 'rs-test',
    resourceShareName: 'test',
    ownerId: TINY.producer,
    regionId,
    createMs: NOW_MS,
    resources: [{ type, id }],
    principals: [principal],
  });
}

describe('DescribeDeploymentSets', () => {
  beforeEach(() => {
    world.regions[regionId]?.deploymentSets[TINY.deploymentSet]?.instances.push(
      { instanceId: 'i-own', ownerId: TINY.producer },
      { instanceId: 'i-received', ownerId: TINY.consumer },
    );
  });

  const setsSeen = (by: string) =>
    (ask(question('DescribeDeploymentSets', by)) as { DeploymentSets: { DeploymentSet: unknown[] } })
      .DeploymentSets.DeploymentSet;

  test('shows owner and receiver only their own instances, and both the same used capacity', () => {
    shareWith(TINY.developmentFolder, 'DeploymentSet', TINY.deploymentSet);
    const common = {
      DeploymentSetId: TINY.deploymentSet,
      AccountId: 1_000_000_000_000_011,
      InstanceAmount: 1,
      Capacities: { Capacity: [{ ZoneId: 'cn-hangzhou-h', UsedAmount: 2, AvailableAmount: 18 }] },
    };
    expect(setsSeen(TINY.producer)).toMatchObject([{ ...common, InstanceIds: { InstanceId: ['i-own'] } }]);
    expect(setsSeen(TINY.consumer)).toMatchObject([
      { ...common, InstanceIds: { InstanceId: ['i-received'] } },
    ]);
    expect(setsSeen(TINY.partner)).toEqual([]);
  });

  test('pages by 50 at most and takes 100 ids at most', () => {
    const ids = JSON.stringify(Array(101).fill(TINY.deploymentSet));
    expect(refusalOf(question('DescribeDeploymentSets', TINY.producer, { PageSize: '51' }))).toBe(
      '400 InvalidParameter.PageSize',
    );
    expect(refusalOf(question('DescribeDeploymentSets', TINY.producer, { DeploymentSetIds: ids }))).toBe(
      '403 InvalidDeploymentSetIds.TooManyInput',
    );
  });

  test('DescribeInstances tells with each instance of the caller in which set it is', () => {
    expect(ask(question('DescribeInstances', TINY.consumer))).toMatchObject({
      Instances: {
        Instance: [{ InstanceId: 'i-received', DeploymentSetId: TINY.deploymentSet, Status: 'Running' }],
      },
    });
  });
});

describe('DescribeVSwitches', () => {
  const seen = (by: string, parameters: Record<string, string> = {}) =>
    (
      ask({ ...question('DescribeVSwitches', by, parameters), product: vpc }) as {
        VSwitches: { VSwitch: unknown[] };
      }
    ).VSwitches.VSwitch;

  test('shows a shared vSwitch to owner and receiver, with the owner and the kind of sharing', () => {
    expect(seen(TINY.producer)).toMatchObject([{ VSwitchId: TINY.vSwitch, ShareType: '' }]);
    expect(seen(TINY.consumer)).toEqual([]);
    shareWith(TINY.directory, 'VSwitch', TINY.vSwitch);
    expect(seen(TINY.producer)).toMatchObject([{ OwnerId: 1_000_000_000_000_011, ShareType: 'Sharing' }]);
    expect(seen(TINY.consumer, { VSwitchOwnerId: TINY.producer })).toMatchObject([
      { VSwitchId: TINY.vSwitch, OwnerId: 1_000_000_000_000_011, ShareType: 'Shared' },
    ]);
    expect(seen(TINY.consumer, { VSwitchOwnerId: TINY.consumer })).toEqual([]);
  });

  test('wants a region or a VPC', () => {
    expect(refusalOf({ ...question('DescribeVSwitches', TINY.producer), product: vpc, parameters: {} })).toBe(
      '400 MissingParameter',
    );
  });
});
