import { chunks } from './chunks';
import type { ProviderCall, TypedResource } from './provider-call';
import type { Rectangle } from './rectangle';
import type { Removal } from './removals';

/** The calls that carry out a removal. */
export function callsToRemove(rectangle: Rectangle, removal: Removal, perCallMax: number): ProviderCall[] {
  const { resourceShareId } = rectangle;
  if (removal.is === 'nothing' || resourceShareId === null) return [];
  if (removal.is === 'whole') return [{ call: 'DeleteResourceShare', resourceShareId }];
  // A deployment set may be held by a receiver's instances, and with it the whole call.
  const isSet = ({ resourceType }: TypedResource) => resourceType === 'DeploymentSet';
  const resources = [
    ...chunks(
      removal.resources.filter((resource) => !isSet(resource)),
      perCallMax,
    ),
    ...chunks(removal.resources.filter(isSet), 1),
  ];
  const targets = chunks(removal.principals, perCallMax);
  return Array.from({ length: Math.max(resources.length, targets.length) }, (_, at) => ({
    call: 'DisassociateResourceShare',
    resourceShareId,
    resources: resources[at] ?? [],
    targets: targets[at] ?? [],
  }));
}
