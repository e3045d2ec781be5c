import { SHARE_WITH_AN_ACCOUNT } from './help-pages';
import { failIf, given, PASS, type Rule } from './rule';

/** Of an account no API tells whether it is in another directory: only ids of directories and root folders do. */
export const otherDirectory: Rule = {
  code: 'other-directory',
  severity: 'refuse',
  about: 'principal',
  sentence: 'This is another resource directory; sharing across two directories is not supported.',
  fix: 'Name a single account of the other organisation that is in no directory, or your own directory.',
  source: SHARE_WITH_AN_ACCOUNT,
  judge({ principal: { type, id }, directory }) {
    if (type === 'account' || id.startsWith('fd-')) return PASS;
    return given(directory, (known) =>
      failIf(known !== null && id !== known.directoryId && id !== known.rootFolderId),
    );
  },
};
