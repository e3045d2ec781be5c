import { failIf, given, type Rule } from './rule';
import { CREATE_A_RESOURCE_SHARE } from './help-pages';

/** One that is in another region is told by wrong-region instead. */
export const resourceNotOwned: Rule = {
  code: 'resource-not-owned',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The owner account has no such resource in this region.',
  fix: 'Check the id, the type and the owner account; only the account that owns a resource can share it.',
  source: CREATE_A_RESOURCE_SHARE,
  judge: ({ item, elsewhere }) =>
    given(item, (found) =>
      failIf(found === null && !(elsewhere.is === 'known' && elsewhere.value.length > 0)),
    ),
};
