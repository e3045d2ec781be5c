import { SHARE_WITH_AN_ACCOUNT } from './help-pages';
import { fail, PASS, type Rule } from './rule';

/** Two requests may want the same: it goes when the last one ends. */
export const alreadyGranted: Rule = {
  code: 'already-granted',
  severity: 'warn',
  about: 'pair',
  sentence: 'An approved request grants the same for the whole of this time already.',
  fix: 'Nothing has to be asked for, unless access shall outlast the other request when that one is revoked.',
  source: SHARE_WITH_AN_ACCOUNT,
  judge({ grant, wish, nowMs }) {
    if (grant === null || grant.sight.is === 'failed') return PASS;
    const startMs = wish.startMs ?? nowMs;
    const covering = grant.windows.find(
      (window) =>
        window.startMs <= startMs &&
        (window.endMs === null || (wish.endMs !== null && wish.endMs <= window.endMs)),
    );
    return covering === undefined ? PASS : fail(`It is request ${covering.requestId}.`);
  },
};
