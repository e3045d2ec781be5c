/** On what terms a call is made, besides what it asks for. */
export interface Terms {
  /** Names a call that its caller may make again, so that a document can tell it has had its effect. Null: no key. */
  callKey: string | null;
  /** Whether an earlier attempt at this very call may have had its effect. */
  again: boolean;
  /** Only while the document is at one of these versions. Null: at any. */
  versions: readonly number[] | null;
}

/** Once, whatever is there. */
export const NO_TERMS: Terms = { callKey: null, again: false, versions: null };
