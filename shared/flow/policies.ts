import { DEFAULT_POLICY } from '../domain/sharing/policy/default-policy';
import type { Policy, PolicyPointer, PolicyVersion } from '../domain/sharing/policy/policy';
import type { Person } from '../domain/sharing/person';
import { change } from './change';
import type { Aggregates, Clock } from './ports';
import { no, yes, type Answer } from './refusal';
import { byPerson } from './request-streams';
import type { Terms } from './terms';

const CURRENT = 'current';
/** Uploads that died between the version and the pointer may have taken this many numbers. */
const NUMBERS_SKIPPED_MAX = 50;

/** The policy that requests are judged by now. */
export async function currentPolicy(ports: { aggregates: Aggregates }): Promise<PolicyVersion> {
  const { version } = await standing(ports);
  const found = await policyVersion(ports, version);
  if (!found.ok) throw new Error(`The policy ${version} stands and is not there`);
  return found.value;
}

async function standing(ports: { aggregates: Aggregates }): Promise<PolicyPointer> {
  return (await ports.aggregates.load('policy-pointer', CURRENT))?.doc ?? DEFAULT_POLICY;
}

/** A version that stands or stood. */
export async function policyVersion(
  ports: { aggregates: Aggregates },
  version: string,
): Promise<Answer<PolicyVersion>> {
  if (version === DEFAULT_POLICY.version) return yes(DEFAULT_POLICY);
  const stored = await ports.aggregates.load('policy', version);
  return stored === null ? no({ reason: 'not-found', what: 'policy', id: version }) : yes(stored.doc);
}

/**
 * Puts a new version in the place of the one that the caller has seen. The version is written first and is nothing
 * until the pointer names it; of two uploads over the same version one comes second, and is told.
 */
export async function uploadPolicy(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  policy: Policy,
  { versions }: Terms,
): Promise<Answer<PolicyVersion>> {
  if (!person.roles.includes('operator')) return no({ reason: 'role-needed', needs: ['operator'] });
  if (versions === null) return no({ reason: 'precondition-needed' });
  const before = await standing(ports);
  if (!versions.includes(before.number)) return no({ reason: 'policy-changed', version: before.version });

  const doc = await writeVersion(ports, person, policy, before.number + 1);
  if (doc === null) return no({ reason: 'busy' });
  const switched = await change(ports.aggregates, 'policy-pointer', CURRENT, (pointer) => {
    const now = pointer ?? DEFAULT_POLICY;
    if (!versions.includes(now.number)) {
      return { is: 'refuse', refusal: { reason: 'policy-changed', version: now.version } };
    }
    return {
      is: 'write',
      doc: { version: doc.version, number: doc.number },
      events: [
        {
          type: 'policy.uploaded',
          by: byPerson(person),
          data: {
            version: doc.version,
            previousVersion: now.version,
            rules: policy.rules.map(({ name }) => name),
          },
        },
      ],
    };
  });
  return switched.ok ? yes(doc) : switched;
}

async function writeVersion(
  { aggregates, clock }: { aggregates: Aggregates; clock: Clock },
  person: Person,
  policy: Policy,
  firstNumber: number,
): Promise<PolicyVersion | null> {
  for (let number = firstNumber; number < firstNumber + NUMBERS_SKIPPED_MAX; number++) {
    const doc: PolicyVersion = {
      version: `v${number}`,
      number,
      policy,
      uploaded: { by: { subject: person.subject, name: person.name }, atMs: clock.nowMs() },
    };
    const saved = await aggregates.save('policy', doc.version, null, { doc, events: [] });
    if (saved === 'saved') return doc;
  }
  return null;
}
