import { copyProblems } from '../domain/receiving/copy-snapshot';
import { diskProblems } from '../domain/receiving/create-disk';
import type { UseCall } from '../domain/receiving/receiver-write';
import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import { instanceProblems } from '../domain/receiving/run-instance';
import type { UseProblem } from '../domain/receiving/use-problem';
import type { Person, Role } from '../domain/sharing/person';
import type { Place } from '../domain/sharing/resource';
import { notManaged, regionsOf } from './managed-receivers';
import type { ReceivingProvider } from './ports';
import { writeAsReceiver, writeId, type WritePorts, type Written } from './receiver-writes';
import { no, type Answer } from './refusal';
import { byPerson } from './request-streams';
import { NO_TERMS, type Terms } from './terms';

/** What is made costs the receiving account money. */
export const USE_RECEIVED: readonly Role[] = ['operator'];

/**
 * Makes a disk, a copy or an instance of something received, after every check that can be made without it.
 * @throws ProviderError when the facts cannot be read, or the outcome stays unknown.
 */
export async function useReceived(
  ports: WritePorts & { places: readonly Place[]; newId: () => string },
  person: Person,
  place: ReceiverPlace,
  call: UseCall,
  terms: Terms = NO_TERMS,
): Promise<Answer<Written>> {
  if (!person.roles.some((role) => USE_RECEIVED.includes(role)))
    return no({ reason: 'role-needed', needs: USE_RECEIVED });
  const refusal = notManaged(ports.places, place, '/regionId');
  if (refusal !== null) return no(refusal);
  const wanted = { name: `use-${ports.newId()}`, place, call, by: byPerson(person) };
  // An earlier attempt at this very call was checked, and what it made may stand in the way of checking it again.
  const begun = terms.again
    ? await ports.aggregates.load('receiver-write', writeId(place.accountId, wanted.name))
    : null;
  if (begun === null) {
    const problems = await problemsOf(ports.provider, place, call, regionsOf(ports.places, place.accountId));
    if (problems.length > 0) return no({ reason: 'invalid', problems });
  }
  return await writeAsReceiver(ports, wanted);
}

async function problemsOf(
  provider: ReceivingProvider,
  place: ReceiverPlace,
  call: UseCall,
  regionIds: readonly string[],
): Promise<UseProblem[]> {
  switch (call.call) {
    case 'CreateDisk':
      return diskProblems(call, place, await provider.snapshot(place, call.snapshotId));
    case 'CopySnapshot':
      return copyProblems(call, place, regionIds, await provider.snapshot(place, call.snapshotId));
    case 'RunInstances': {
      const { imageId, deploymentSetId, vSwitchId } = call;
      const [image, deploymentSet, vSwitch] = await Promise.all([
        provider.image(place, imageId),
        deploymentSetId === null ? null : provider.deploymentSet(place, deploymentSetId),
        provider.vSwitch(place, vSwitchId),
      ]);
      return instanceProblems(call, place, { image, deploymentSet, vSwitch });
    }
  }
}
