/** What preflight found, as it is stored with a request and shown to whoever asks and whoever decides. */
export interface PreflightReport {
  judgedMs: number;
  /** 'refused' = at least one reason forbids it, and nobody is asked to approve. */
  outcome: 'clear' | 'refused';
  reasons: Reason[];
}

export type Severity = 'refuse' | 'warn' | 'inform';

/** One rule that did not pass, with everything of the request that it is about. */
export interface Reason {
  /** The rule's own, stable. */
  code: string;
  severity: Severity;
  /** 'unknown' = what the rule has to know could not be read. */
  answer: 'fail' | 'unknown';
  sentence: string;
  fix: string;
  /** The page of the provider's documents that the rule is from. */
  source: string;
  /** Whether it stands in the way of the request. */
  blocks: boolean;
  subjects: Subject[];
}

export interface Subject {
  /** JSON pointer into the request: `/resources/0`, `/principals/2`. */
  pointer: string;
  /** What was found there, or why it could not be read; '' = the sentence says it all. */
  detail: string;
  /** For a reason about pairs: the principals that are meant with the resource at `pointer`, unless it is all of them. */
  principalIds?: string[];
}
