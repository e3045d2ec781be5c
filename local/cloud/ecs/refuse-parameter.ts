import { type ParameterProblem, ProviderRefusal } from '../product';

/** The id lists whose refusal ECS documents with a code of its own. */
const ID_LISTS: Record<string, { status: number; code: string }> = {
  SnapshotIds: { status: 403, code: 'InvalidSnapshotIds.Malformed' },
  SnapshotLinkIds: { status: 400, code: 'InvalidSnapshotLinkIds' },
  DiskIds: { status: 400, code: 'InvalidDiskIds' },
  InstanceIds: { status: 400, code: 'InvalidInstanceIds.Malformed' },
};

/** How ECS and VPC word the refusal of a parameter; a missing one is told in the message only, not in the code. */
export function refuseParameter({ name, problem }: ParameterProblem): ProviderRefusal {
  if (problem === 'missing') {
    return new ProviderRefusal(
      400,
      'MissingParameter',
      `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
    );
  }
  const { status, code } = ID_LISTS[name] ?? { status: 400, code: `InvalidParameter.${name}` };
  return new ProviderRefusal(status, code, `The specified parameter "${name}" is not valid.`);
}
