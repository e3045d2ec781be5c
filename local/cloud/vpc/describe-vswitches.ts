import { pageByNumber } from '../paging';
import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, numberOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import { toSeconds } from '../times';
import { receivedBy, sharedWith } from '../visibility';
import type { VSwitch } from '../world';

/**
 * The caller's vSwitches and those that others share with it.
 * Source: the documented parameters of VPC DescribeVSwitches (2016-04-28).
 *
 * @throws ProviderRefusal 400 MissingParameter when neither RegionId nor VpcId is given.
 */
export const describeVSwitches: Action = {
  parameters: {
    RegionId: { type: 'string' },
    VpcId: { type: 'string' },
    VSwitchId: { type: 'string' },
    VSwitchName: { type: 'string', maxLength: 128 },
    VSwitchOwnerId: { type: 'integer' },
    ZoneId: { type: 'string' },
    ResourceGroupId: { type: 'string' },
    RouteTableId: { type: 'string' },
    IsDefault: { type: 'boolean' },
    EnableIpv6: { type: 'boolean' },
    DryRun: { type: 'boolean' },
    Tag: { type: 'list', maxItems: 20, fields: { Key: { type: 'string' }, Value: { type: 'string' } } },
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 50 },
  },
  ratePerSecond: 20,
  run(call) {
    if (textOf(call, 'RegionId') === undefined && textOf(call, 'VpcId') === undefined) {
      throw new ProviderRefusal(400, 'MissingParameter', 'RegionId or VpcId is mandatory for this action.');
    }
    const found = visibleVSwitches(call).filter((vSwitch) => isAskedFor(vSwitch, call));
    const pageNumber = numberOf(call, 'PageNumber') ?? 1;
    const pageSize = numberOf(call, 'PageSize') ?? 10;
    return {
      PageNumber: pageNumber,
      PageSize: pageSize,
      TotalCount: found.length,
      VSwitches: {
        VSwitch: pageByNumber(found, pageNumber, pageSize).map((vSwitch) => describe(vSwitch, call)),
      },
    };
  },
};

function visibleVSwitches(call: Call): VSwitch[] {
  const { regionId, region } = regionOf(call);
  const { accountId } = call.caller;
  const received = new Set(
    receivedBy(accountId, regionId, call.world).map(({ resource }) => resource.entityId),
  );
  return Object.values(region.vSwitches)
    .filter((vSwitch) => vSwitch.ownerId === accountId || received.has(vSwitch.vSwitchId))
    .toSorted((a, b) => b.creationMs - a.creationMs || a.vSwitchId.localeCompare(b.vSwitchId));
}

function isAskedFor(vSwitch: VSwitch, call: Call): boolean {
  const owner = numberOf(call, 'VSwitchOwnerId');
  return (
    matches(textOf(call, 'VpcId'), vSwitch.vpcId) &&
    matches(textOf(call, 'VSwitchId'), vSwitch.vSwitchId) &&
    matches(textOf(call, 'VSwitchName'), vSwitch.vSwitchName) &&
    matches(textOf(call, 'ZoneId'), vSwitch.zoneId) &&
    (owner === undefined || String(owner) === vSwitch.ownerId) &&
    flagOf(call, 'IsDefault') !== true &&
    flagOf(call, 'EnableIpv6') !== true &&
    textOf(call, 'ResourceGroupId') === undefined &&
    textOf(call, 'RouteTableId') === undefined &&
    call.parameters['Tag'] === undefined
  );
}

function matches(asked: string | undefined, actual: string): boolean {
  return asked === undefined || asked.split(',').includes(actual);
}

function describe(vSwitch: VSwitch, call: Call): Record<string, unknown> {
  const isReceived = vSwitch.ownerId !== call.caller.accountId;
  const isSharedOut = sharedWith(vSwitch.vSwitchId, call.regionId, call.world).length > 0;
  return {
    VSwitchId: vSwitch.vSwitchId,
    VSwitchName: vSwitch.vSwitchName,
    VpcId: vSwitch.vpcId,
    ZoneId: vSwitch.zoneId,
    CidrBlock: vSwitch.cidrBlock,
    Ipv6CidrBlock: '',
    EnabledIpv6: false,
    Status: 'Available',
    IsDefault: false,
    Description: '',
    CreationTime: toSeconds(vSwitch.creationMs),
    OwnerId: Number(vSwitch.ownerId),
    ShareType: isReceived ? 'Shared' : isSharedOut ? 'Sharing' : '',
    ResourceGroupId: '',
    NetworkAclId: '',
    AvailableIpAddressCount: 252,
    Tags: { Tag: [] },
  };
}
