import { expect, test } from 'vitest';
import { fitsPattern } from '../../../../../shared/domain/sharing/policy/pattern';

test.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['s-prod-*', 's-prod-1', true],
  ['s-prod-*', 's-prod-', true],
  ['s-prod-*', 's-test-1', false],
  ['s-prod-*', 'xs-prod-1', false],
  ['*-prod', 's-prod', true],
  ['*-prod', 's-prod-1', false],
  ['a*b*c', 'aXbXbXc', true],
  ['a*b*c', 'aXcXb', false],
  ['OPS-####', 'OPS-4711', true],
  ['OPS-####', 'OPS-47a1', false],
  ['OPS-####', 'OPS-471', false],
  ['OPS-#*', 'OPS-4711', true],
  ['OPS-#*', 'OPS-', false],
  ['s.1', 's.1', true],
  ['s.1', 'sx1', false],
  ['(a+)+', 'aaaa', false],
  ['', '', true],
  ['', 'a', false],
])('the pattern %j and the text %j: %s', (pattern, text, fits) => {
  expect(fitsPattern(pattern, text)).toBe(fits);
});

test('a pattern made to take long takes no longer than both lengths allow', () => {
  const startMs = performance.now();
  expect(fitsPattern('a*'.repeat(50), `${'a'.repeat(500)}b`)).toBe(true);
  expect(fitsPattern(`${'a*'.repeat(49)}c`, 'a'.repeat(500))).toBe(false);
  expect(performance.now() - startMs).toBeLessThan(200);
});
