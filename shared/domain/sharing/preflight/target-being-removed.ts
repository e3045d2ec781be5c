import { SHARE_WITHIN_A_DIRECTORY } from './help-pages';
import { failIf, given, PASS, type Rule } from './rule';

/** Resource Directory: a member that is being deleted reads Checking, then Deleting. */
export const targetBeingRemoved: Rule = {
  code: 'target-being-removed',
  severity: 'refuse',
  about: 'principal',
  sentence: 'The member account is being removed from the resource directory.',
  fix: 'Leave it out, or have the removal called off first.',
  source: SHARE_WITHIN_A_DIRECTORY,
  judge: ({ principal, directory }) =>
    principal.type !== 'account'
      ? PASS
      : given(directory, (known) => {
          const status = known?.members[principal.id]?.deletionStatus ?? '';
          return failIf(status === 'Checking' || status === 'Deleting', `Its removal is at ${status}.`);
        }),
};
