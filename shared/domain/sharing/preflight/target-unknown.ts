import { CREATE_RESOURCE_SHARE_API } from './help-pages';
import { fail, failIf, given, PASS, type Rule } from './rule';

/** Of an account outside the directory no API tells whether it exists. */
export const targetUnknown: Rule = {
  code: 'target-unknown',
  severity: 'refuse',
  about: 'principal',
  sentence: 'The resource directory holds no such folder.',
  fix: 'Check the id; a folder that was deleted has to be left out.',
  source: CREATE_RESOURCE_SHARE_API,
  judge({ principal: { type, id }, directory }) {
    if (type === 'account') return PASS;
    return given(directory, (known) => {
      if (known === null) return fail('The account is in no resource directory.');
      return failIf(id.startsWith('fd-') && !(id in known.folders));
    });
  },
};
