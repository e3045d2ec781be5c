import { afterEach, describe, expect, it } from 'vitest';
import { providerClient } from '../../../shared/alicloud/provider-client';
import { sharingProvider } from '../../../shared/alicloud/sharing-provider';
import type { TypedResource } from '../../../shared/domain/sharing/provider-call';
import type { TypeOverrides } from '../../../shared/domain/sharing/resource-types';
import { configurationAt } from './outside';
import { PLACE, startTiny, TINY, type TinyCloud } from './tiny-cloud';

let tiny: TinyCloud;
afterEach(() => tiny.cloud.close());

/** The provider as an installation with these names reaches it. */
async function named(resourceTypes: TypeOverrides, switches: Record<string, string> = {}) {
  tiny = await startTiny((world) => Object.assign(world.switches, switches));
  const { cloud, clock } = tiny;
  const own = {
    accountId: TINY.management,
    regionId: TINY.regionId,
    credentials: cloud.roleCredentials(TINY.management, 'sharekeeper'),
  };
  const configuration = {
    ...configurationAt({ '*/*': cloud.endpoints[TINY.regionId] ?? '' }),
    resourceTypes,
  };
  const provider = sharingProvider(providerClient(configuration, own, clock));
  return {
    share: async (...resources: TypedResource[]) => {
      const outcome = await provider.apply(PLACE, {
        call: 'CreateResourceShare',
        resourceShareName: 'ours',
        allowExternalTargets: false,
        resources,
        targets: [TINY.consumer],
      });
      expect(outcome.is).toBe('done');
      clock.wind(5_000);
    },
    sent: () => cloud.calls.find({ action: 'CreateResourceShare' })[0]?.parameters,
    seen: async () => {
      const { shares } = await provider.observe(PLACE, []);
      const ours = shares.find(({ resourceShareName }) => resourceShareName === 'ours');
      return ours?.resources.map(({ entityType, entityId }) => `${entityType} ${entityId}`).toSorted();
    },
  };
}

const vSwitch = { resourceType: 'VSwitch', resourceId: TINY.vSwitch } as const;
const deploymentSet = { resourceType: 'DeploymentSet', resourceId: TINY.deploymentSet } as const;

describe('a type that the provider calls otherwise', () => {
  it('is called so on the wire, and known again by our own name', async () => {
    const { share, sent, seen } = await named(
      { DeploymentSet: { resourceType: 'EcsDeploymentSet' } },
      { 'deployment-set-type': 'EcsDeploymentSet' },
    );
    await share(deploymentSet);
    expect(sent()?.['Resources.1.ResourceType']).toBe('EcsDeploymentSet');
    expect(await seen()).toEqual([`DeploymentSet ${TINY.deploymentSet}`]);
  });
});

describe('a type that takes only ARNs', () => {
  it('has every resource of the call named so, because the provider refuses both ways in one call', async () => {
    const { share, sent, seen } = await named({ VSwitch: { namedBy: 'arn' } });
    await share(vSwitch, { resourceType: 'Snapshot', resourceId: TINY.snapshots.plain });
    expect(sent()?.['ResourceArns.1']).toBe(
      `acs:vpc:${TINY.regionId}:${TINY.producer}:vswitch/${TINY.vSwitch}`,
    );
    expect(sent()?.['ResourceArns.2']).toBe(
      `acs:ecs:${TINY.regionId}:${TINY.producer}:snapshot/${TINY.snapshots.plain}`,
    );
    expect(Object.keys(sent() ?? {}).some((name) => name.startsWith('Resources.'))).toBe(false);
    expect(await seen()).toEqual([`Snapshot ${TINY.snapshots.plain}`, `VSwitch ${TINY.vSwitch}`]);
  });
});
