import { failIf, given, type Rule } from './rule';
import { SHARING_PERMISSIONS } from './help-pages';

/** The one check of names that no document confirms: the provider's own list of types and permissions. */
export const typeNotOffered: Rule = {
  code: 'type-not-offered',
  severity: 'refuse',
  about: 'resource',
  sentence:
    'Resource Sharing does not list this type, with this permission, among those that it shares here.',
  fix: 'Tell the operator: SHAREKEEPER_RESOURCE_TYPES sets the name and permission that the provider uses for a type.',
  source: SHARING_PERMISSIONS,
  judge: ({ offeredTypes, wireType: { resourceType, permissionName } }) =>
    given(offeredTypes, (offered) =>
      failIf(
        !offered.some((one) => one.resourceType === resourceType && one.permissionName === permissionName),
        `It was looked for as ${resourceType} with ${permissionName}.`,
      ),
    ),
};
