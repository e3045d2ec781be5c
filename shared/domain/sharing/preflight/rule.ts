import type { Severity } from '../preflight-report';
import type { Facts, ImageItem, Known, SnapshotItem } from './facts';

/** One restriction of the provider, or one thing that people should know before they share. */
export interface Rule {
  /** Stable: programs and runbooks go by it. */
  code: string;
  severity: Severity;
  /** What a failure is about: the resource or the principal by itself, or the two together. */
  about: 'resource' | 'principal' | 'pair';
  /** What is the matter. */
  sentence: string;
  /** What to do about it. */
  fix: string;
  /** Where the provider documents it. */
  source: string;
  /** No API tells what the rule has to know, so that not knowing it never blocks. */
  unknowable?: true;
  /** It may pass by itself: whether it still stands when the share is made is left to the provider. */
  passing?: true;
  judge: (facts: Facts) => Judgement;
}

export type Judgement = { is: 'pass' } | { is: 'fail'; detail: string } | { is: 'unknown'; why: string };

export const PASS: Judgement = { is: 'pass' };

export function fail(detail = ''): Judgement {
  return { is: 'fail', detail };
}

export function failIf(fails: boolean, detail = ''): Judgement {
  return fails ? fail(detail) : PASS;
}

/** Judges what is known, and answers 'unknown' for what is not. */
export function given<Value>(fact: Known<Value>, judge: (value: Value) => Judgement): Judgement {
  return fact.is === 'known' ? judge(fact.value) : fact;
}

/** For rules about snapshots: others pass, and one that is not there is another rule's affair. */
export function ofSnapshot(facts: Facts, judge: (snapshot: SnapshotItem) => Judgement): Judgement {
  if (facts.resource.resourceType !== 'Snapshot') return PASS;
  return given(facts.item, (item) => (item?.is === 'snapshot' ? judge(item) : PASS));
}

/** The same for images. */
export function ofImage(facts: Facts, judge: (image: ImageItem) => Judgement): Judgement {
  if (facts.resource.resourceType !== 'Image') return PASS;
  return given(facts.item, (item) => (item?.is === 'image' ? judge(item) : PASS));
}
