import { DEFAULT_POLICY } from '../domain/sharing/policy/default-policy';
import type { Policy, PolicyVersion } from '../domain/sharing/policy/policy';
import type { Person } from '../domain/sharing/request';
import { change } from './change';
import type { Aggregates, Clock } from './ports';
import { no, yes, type Answer } from './refusal';
import { byPerson } from './request-streams';

const CURRENT = 'current';
/** Uploads that died between the version and the pointer may have taken this many numbers. */
const NUMBERS_SKIPPED_MAX = 50;

/** The policy that requests are judged by now. */
export async function currentPolicy(ports: { aggregates: Aggregates }): Promise<PolicyVersion> {
  const pointer = await ports.aggregates.load('policy-pointer', CURRENT);
  if (pointer === null) return DEFAULT_POLICY;
  const { version } = pointer.doc;
  const stored = await ports.aggregates.load('policy', version);
  if (stored === null) throw new Error(`The policy ${version} stands and is not there`);
  return stored.doc;
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
  overVersion: string,
): Promise<Answer<PolicyVersion>> {
  if (!person.roles.includes('operator')) return no({ reason: 'role-needed', needs: ['operator'] });
  const before = await ports.aggregates.load('policy-pointer', CURRENT);
  const standing = before?.doc.version ?? DEFAULT_POLICY.version;
  if (standing !== overVersion) return no({ reason: 'policy-changed', version: standing });

  const written = await writeVersion(ports, person, policy, (before?.doc.number ?? 0) + 1);
  if (written === null) return no({ reason: 'busy' });
  const { number, doc } = written;
  const switched = await change(ports.aggregates, 'policy-pointer', CURRENT, (pointer) => {
    const now = pointer?.version ?? DEFAULT_POLICY.version;
    if (now !== overVersion) return { is: 'refuse', refusal: { reason: 'policy-changed', version: now } };
    return {
      is: 'write',
      doc: { version: doc.version, number },
      events: [
        {
          type: 'policy.uploaded',
          by: byPerson(person),
          data: {
            version: doc.version,
            previousVersion: overVersion,
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
): Promise<{ number: number; doc: PolicyVersion } | null> {
  for (let number = firstNumber; number < firstNumber + NUMBERS_SKIPPED_MAX; number++) {
    const doc: PolicyVersion = {
      version: `v${number}`,
      policy,
      uploaded: { bySubject: person.subject, byName: person.name, atMs: clock.nowMs() },
    };
    const saved = await aggregates.save('policy', doc.version, null, { doc, events: [] });
    if (saved === 'saved') return { number, doc };
  }
  return null;
}
