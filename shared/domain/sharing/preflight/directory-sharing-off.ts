import { goesByImageList } from '../image-list';
import { isInside } from '../principal';
import { SHARE_WITHIN_A_DIRECTORY } from './help-pages';
import { failIf, given, PASS, type Rule } from './rule';

export const directorySharingOff: Rule = {
  code: 'directory-sharing-off',
  severity: 'refuse',
  about: 'principal',
  sentence: 'The principal is in the resource directory, and sharing within the directory is not enabled.',
  fix: 'Enable it once, as the management account: Resource Sharing, Settings, Enable.',
  source: SHARE_WITHIN_A_DIRECTORY,
  judge({ resource, principal, directory, directorySharing }) {
    if (goesByImageList(resource, principal)) return PASS;
    return given(directory, (known) =>
      isInside(principal, known) ? given(directorySharing, (isOn) => failIf(!isOn)) : PASS,
    );
  },
};
