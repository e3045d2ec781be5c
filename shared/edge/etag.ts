import { fingerprint } from '../domain/audit/fingerprint';
import { refused, type EdgeAnswer } from './edge-refusal';

const DIGEST_CHARACTERS = 16;
/** RFC 9110, section 8.8.3. */
const TAG = /^(W\/)?"([\x21\x23-\x7e]*)"$/;
const TAGS_MAX = 20;

/**
 * A strong validator: the version that the next write must find, and a digest of all that is shown, because an answer
 * may show more than the one document that has the version.
 */
export function etagOf(version: number, shown: unknown): string {
  return `"${version}-${fingerprint(shown).slice(0, DIGEST_CHARACTERS)}"`;
}

/**
 * The versions that If-Match lets a change happen at; null = any, as without the header. Only the version counts, not
 * the digest: what else was shown beside the document may move on. A tag that is not ours is at no version.
 */
export function versionsIn(ifMatch: string | null): EdgeAnswer<readonly number[] | null> {
  if (ifMatch === null || ifMatch.trim() === '*') return { ok: true, value: null };
  const tags = ifMatch.split(',').map((written) => TAG.exec(written.trim()));
  if (tags.length > TAGS_MAX || tags.includes(null)) {
    const message = `Must be the ETag of an answer, with its quotes, or up to ${TAGS_MAX} of them`;
    return refused({
      reason: 'invalid',
      problems: [{ pointer: 'If-Match:', code: 'wrong-format', message }],
    });
  }
  // RFC 9110, section 13.1.1: a weak tag never matches here.
  const ours = tags.flatMap((tag) =>
    tag?.[1] === undefined ? [/^(\d{1,15})-[0-9a-f]+$/.exec(tag?.[2] ?? '')] : [],
  );
  return { ok: true, value: ours.flatMap((tag) => (tag === null ? [] : [Number(tag[1])])) };
}

/** Whether If-None-Match says that the caller has this answer already. */
export function hasSeen(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(',').map((written) => written.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
