import * as z from 'zod/mini';

/** Text that people write for people: trimmed, of a bounded length, and free of what would break a log or a page. */
export function text(charactersMin: number, charactersMax: number) {
  return z.string().check(
    z.trim(),
    z.minLength(charactersMin),
    z.maxLength(charactersMax),
    z.refine((written) => !UNREADABLE.test(written), 'Must hold no control characters and no broken ones'),
  );
}

/** Control characters but tab and line feed, direction overrides, and halves of surrogate pairs. */
const UNREADABLE = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;
