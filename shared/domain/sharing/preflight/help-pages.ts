/** The provider's own pages that the rules are from. */
const HELP = 'https://www.alibabacloud.com/help/en';

export const SHARE_A_SNAPSHOT = `${HELP}/ecs/user-guide/share-a-snapshot`;
export const SHARE_A_CUSTOM_IMAGE = `${HELP}/ecs/user-guide/share-a-custom-image`;
export const SHARE_A_DEPLOYMENT_SET = `${HELP}/ecs/user-guide/shared-deployment-sets`;
export const ENCRYPTION_PERMISSIONS = `${HELP}/ecs/user-guide/encryption-related-permissions`;
export const SHARE_WITH_AN_ACCOUNT = `${HELP}/resource-management/resource-sharing/getting-started/share-resources-with-an-account`;
export const CREATE_A_RESOURCE_SHARE = `${HELP}/resource-management/resource-sharing/user-guide/create-a-resource-share-1`;
export const CREATE_RESOURCE_SHARE_API = `${HELP}/resource-management/resource-sharing/developer-reference/api-resourcesharing-2020-01-10-createresourceshare`;
export const SHARING_PERMISSIONS = `${HELP}/resource-management/resource-sharing/user-guide/permissions-for-resource-sharing`;
export const RESOURCE_MANAGEMENT_LIMITS = `${HELP}/resource-management/product-overview/limits`;
export const SHARE_WITHIN_A_DIRECTORY = `${HELP}/resource-management/user-guide/share-resources-with-objects-in-a-resource-directory`;
