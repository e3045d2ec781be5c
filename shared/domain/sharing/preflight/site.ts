import type { Directory } from '../../directory/directory';
import type { Grant } from '../ledger';
import type { ObservedShare } from '../observation';
import { isInside, type Principal } from '../principal';
import { known, unknown, type Known } from './facts';
import { liveShares } from './live';

/** What the provider answers about an account of the other site: by a share, and by an image's list of accounts. */
const SITE_CODES = ['InvalidTarget.SiteMismatch', 'InvalidImageId.BidMismatch'];

/**
 * Whether a principal is on the owner's site. No API tells it; experience does: who is in the directory or has accepted a
 * share is on the same one, and whom the provider has refused for it is not.
 */
export function siteOf(
  principal: Principal,
  seen: {
    directory: Known<Directory | null>;
    shares: Known<readonly ObservedShare[]>;
    grants: readonly Grant[];
  },
): Known<'same' | 'other'> {
  const { directory, shares, grants } = seen;
  if (principal.type !== 'account') return known('same');
  if (directory.is === 'known' && isInside(principal, directory.value)) return known('same');
  const own = grants.filter((grant) => grant.principal.id === principal.id);
  if (
    own.some(({ sight }) => sight.is === 'failed' && SITE_CODES.some((code) => sight.detail.startsWith(code)))
  )
    return known('other');
  const has =
    own.some(({ sight }) => sight.is === 'granted') ||
    (shares.is === 'known' &&
      liveShares(shares.value).some(({ principals }) =>
        principals.some((one) => one.entityId === principal.id && one.status === 'Associated'),
      ));
  return has
    ? known('same')
    : unknown('No API tells the site of an account; the provider says so when it is asked to share.');
}
