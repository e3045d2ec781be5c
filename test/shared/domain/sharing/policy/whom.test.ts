import { describe, expect, test } from 'vitest';
import { covers, touches } from '../../../../../shared/domain/sharing/policy/whom';
import { principalOf, type Principal } from '../../../../../shared/domain/sharing/principal';
import { KNOWN, MEMBER, OTHER_MEMBER, OUTSIDER, OWNER } from './cases';

function principal(id: string): Principal {
  const found = principalOf(id);
  if (found === null) throw new Error(id);
  return found;
}

describe('a rule about some principals', () => {
  /** What the rule says, whom the request names, and whether it covers all of it, or touches any of it. */
  const table: [whom: string, id: string, covers: string, touches: string][] = [
    ['anyone', OUTSIDER, 'yes', 'yes'],
    ['anyone', 'rd-abc', 'yes', 'yes'],
    ['anyone', 'fd-unheard', 'yes', 'yes'],
    ['inside', MEMBER, 'yes', 'yes'],
    ['inside', OWNER, 'yes', 'yes'],
    ['inside', OUTSIDER, 'no', 'no'],
    ['inside', 'fd-dev', 'yes', 'yes'],
    ['inside', 'fd-unheard', 'unknown', 'unknown'],
    // The directory as a whole is more than any part of it; it takes a word of its own.
    ['inside', 'rd-abc', 'no', 'yes'],
    ['inside', 'r-root', 'no', 'yes'],
    ['outside', OUTSIDER, 'yes', 'yes'],
    ['outside', MEMBER, 'no', 'no'],
    ['outside', 'fd-dev', 'no', 'no'],
    ['directory', 'rd-abc', 'yes', 'yes'],
    ['directory', 'r-root', 'yes', 'yes'],
    ['directory', 'rd-other', 'unknown', 'unknown'],
    ['directory', 'fd-dev', 'no', 'no'],
    ['directory', MEMBER, 'no', 'no'],
    [MEMBER, MEMBER, 'yes', 'yes'],
    [MEMBER, OTHER_MEMBER, 'no', 'no'],
    // A folder may get other members tomorrow, so a rule about its only one does not cover it; but it touches it.
    [MEMBER, 'fd-deep', 'no', 'yes'],
    [MEMBER, 'fd-dev', 'no', 'yes'],
    [MEMBER, 'fd-ops', 'no', 'no'],
    [MEMBER, 'rd-abc', 'no', 'yes'],
    [MEMBER, 'fd-unheard', 'no', 'unknown'],
    [OUTSIDER, 'rd-abc', 'no', 'no'],
    ['fd-dev', 'fd-dev', 'yes', 'yes'],
    ['fd-dev', 'fd-deep', 'yes', 'yes'],
    ['fd-dev', MEMBER, 'yes', 'yes'],
    ['fd-dev', OTHER_MEMBER, 'no', 'no'],
    ['fd-dev', OUTSIDER, 'no', 'no'],
    ['fd-dev', 'fd-ops', 'no', 'no'],
    ['fd-deep', 'fd-dev', 'no', 'yes'],
    ['fd-deep', 'r-root', 'no', 'yes'],
    ['fd-deep', 'rd-abc', 'no', 'yes'],
    ['r-root', 'rd-abc', 'yes', 'yes'],
    ['r-root', 'fd-deep', 'yes', 'yes'],
    ['r-root', MEMBER, 'yes', 'yes'],
    ['r-root', OUTSIDER, 'no', 'no'],
  ];
  test.each(table)('%s and %s: covers %s, touches %s', (whom, id, covered, touched) => {
    expect([covers([whom], principal(id), KNOWN), touches([whom], principal(id), KNOWN)]).toEqual([
      covered,
      touched,
    ]);
  });

  test.each([
    ['inside', MEMBER],
    ['outside', OUTSIDER],
    ['fd-dev', MEMBER],
    ['directory', 'rd-abc'],
  ])('cannot be told of %s and %s before the directory was read', (whom, id) => {
    expect(covers([whom], principal(id), null)).toBe('unknown');
    expect(touches([whom], principal(id), null)).toBe('unknown');
  });

  test('can be told without the directory where it names the principal itself, or anyone', () => {
    expect(covers([MEMBER], principal(MEMBER), null)).toBe('yes');
    expect(covers(['inside', 'anyone'], principal('fd-dev'), null)).toBe('yes');
    expect(touches([MEMBER], principal(OUTSIDER), null)).toBe('no');
  });

  test('takes every account for outside where there is no directory', () => {
    const none = { directory: null, readMs: 0, edition: 1 };
    expect(covers(['outside'], principal(MEMBER), none)).toBe('yes');
    expect(covers(['inside'], principal(MEMBER), none)).toBe('no');
    expect(touches(['inside'], principal('fd-dev'), none)).toBe('unknown');
  });
});
