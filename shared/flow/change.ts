import type { Aggregates, Change, Documents, Kind, Stored } from './ports';
import { no, yes, type Answer, type Refusal } from './refusal';

/** What a decision about one aggregate comes to. */
export type Resolution<Doc> =
  /** Nothing to change: it is already so. */
  { is: 'keep' } | { is: 'refuse'; refusal: Refusal } | ({ is: 'write' } & Change<Doc>);

/** Others may write in between this often before we say 'busy'. */
const ATTEMPTS_MAX = 20;

/**
 * Every read-modify-write goes through here: load, decide, write with the version that was read, and decide anew
 * when somebody else was first. Answers the document as it is now (null: there is none, and none was written).
 */
export async function change<K extends Kind>(
  aggregates: Aggregates,
  kind: K,
  id: string,
  decide: (doc: Documents[K] | null, version: number) => Resolution<Documents[K]>,
): Promise<Answer<Stored<Documents[K]> | null>> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const stored = await aggregates.load(kind, id);
    const resolved = decide(stored?.doc ?? null, stored?.version ?? 0);
    if (resolved.is === 'keep') return yes(stored);
    if (resolved.is === 'refuse') return no(resolved.refusal);
    if ((await aggregates.save(kind, id, stored, resolved)) === 'saved') {
      return yes({ doc: resolved.doc, version: (stored?.version ?? 0) + 1 });
    }
  }
  return no({ reason: 'busy' });
}

/** For changes that nobody can refuse: only contention is left, and that is a reason to try again later. */
export async function changeOrThrow<K extends Kind>(
  aggregates: Aggregates,
  kind: K,
  id: string,
  decide: (doc: Documents[K] | null) => Exclude<Resolution<Documents[K]>, { is: 'refuse' }>,
): Promise<Stored<Documents[K]> | null> {
  const answer = await change(aggregates, kind, id, decide);
  if (!answer.ok) throw new Error(`${kind} ${id} could not be written: ${answer.refusal.reason}`);
  return answer.value;
}
