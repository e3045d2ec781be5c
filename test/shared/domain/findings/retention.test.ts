import { expect, test } from 'vitest';
import { expiryMsOf, hasExpired } from '../../../../shared/domain/findings/retention';

const CREATION_MS = Date.parse('2026-03-28T22:30:00Z');

test('retention counts whole 24 hours from the creation, also across a change to summer time', () => {
  // In Berlin the clocks went forward on 2026-03-29: a calendar day later would be an hour less.
  expect(expiryMsOf({ creationMs: CREATION_MS, retentionDays: 1 })).toBe(Date.parse('2026-03-29T22:30:00Z'));
});

test('a creation late in the evening in Shanghai expires by its own moment, not by a calendar day', () => {
  const creationMs = Date.parse('2026-01-31T23:59:59+08:00');
  expect(expiryMsOf({ creationMs, retentionDays: 30 })).toBe(Date.parse('2026-03-02T15:59:59Z'));
});

test('a leap day is a day like any other', () => {
  const creationMs = Date.parse('2028-02-28T00:00:00Z');
  expect(expiryMsOf({ creationMs, retentionDays: 2 })).toBe(Date.parse('2028-03-01T00:00:00Z'));
});

test('a snapshot is expired from the very millisecond of its expiry, and not one before', () => {
  const snapshot = { creationMs: CREATION_MS, retentionDays: 7 };
  const expiryMs = Date.parse('2026-04-04T22:30:00Z');
  expect(hasExpired(snapshot, expiryMs - 1)).toBe(false);
  expect(hasExpired(snapshot, expiryMs)).toBe(true);
});

test('a snapshot that is kept for ever never expires', () => {
  const snapshot = { creationMs: CREATION_MS, retentionDays: null };
  expect(expiryMsOf(snapshot)).toBeNull();
  expect(hasExpired(snapshot, Number.MAX_SAFE_INTEGER)).toBe(false);
});

test('the longest retention, 65,536 days, is still an exact time', () => {
  const creationMs = Date.parse('2026-01-01T00:00:00Z');
  expect(expiryMsOf({ creationMs, retentionDays: 65_536 })).toBe(Date.parse('2205-06-08T00:00:00Z'));
});
