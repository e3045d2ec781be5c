/** What is known of a type of resource that Resource Sharing takes. */
export interface TypeFacts {
  /** As a sentence names one of them. */
  noun: string;
  /** The permission that a share gets for it when none is named. */
  permissionName: string;
  /** Whom it may be shared with; 'unknown' where no document says whether accounts outside the directory may have it. */
  scope: 'any-account' | 'directory-only' | 'unknown';
  /** How calls name it: by `Resources.N.{ResourceId,ResourceType}`, or by `ResourceArns.N`. */
  namedBy: 'id' | 'arn';
  /** Service and kind in its ARN: `acs:<service>:<region>:<owner>:<kind>/<id>`. */
  arn: { service: string; kind: string };
  /** Where shares of it are made: everywhere, or only in these regions. */
  regionIds: 'every' | readonly string[];
  /** How many accounts one of them may be shared with; null where no document names a number. */
  accountsMax: number | null;
  idPattern: RegExp;
  idExample: string;
  /** Whether a document or the provider's own code spells the type and its permission so; if not, both follow the pattern. */
  nameConfirmed: boolean;
}

/** Every default permission is named after its type. */
const PERMISSION_PREFIX = 'AliyunRSDefaultPermission';

/**
 * Every type, under the name by which requests and ledgers know it. A new type is one entry.
 * Sources: permission library of Resource Sharing (names); "Create a resource share" (regions); "Share a snapshot" (64
 * accounts); "Share a custom image" (50 accounts); "Share a deployment set"; "Share resources with an account".
 */
export const RESOURCE_TYPE_FACTS = {
  Snapshot: {
    ...ofPattern('Snapshot', 'snapshot', 'ecs', 'snapshot', /^s-[A-Za-z0-9]/, 's-bp1a2b3c4d5e6f7g8h9i'),
    scope: 'any-account',
    accountsMax: 64,
  },
  Image: {
    ...ofPattern('Image', 'image', 'ecs', 'image', /^m-[A-Za-z0-9]/, 'm-bp1a2b3c4d5e6f7g8h9i'),
    // To single accounts by the image's own list of accounts.
    scope: 'any-account',
    accountsMax: 50,
  },
  DeploymentSet: {
    ...ofPattern(
      'DeploymentSet',
      'deployment set',
      'ecs',
      'deploymentset',
      /^ds-[A-Za-z0-9]/,
      'ds-bp1a2b3c4d5e6',
    ),
    scope: 'any-account',
    // The help page says that deployment sets are shareable, and names neither type nor permission.
    nameConfirmed: false,
  },
  VSwitch: {
    ...ofPattern('VSwitch', 'vSwitch', 'vpc', 'vswitch', /^vsw-[A-Za-z0-9]/, 'vsw-bp1a2b3c4d5e6f7g8h9'),
    scope: 'any-account',
  },
  PrefixList: ofPattern(
    'PrefixList',
    'prefix list',
    'vpc',
    'prefixlist',
    /^pl-[A-Za-z0-9]/,
    'pl-bp1a2b3c4d5e6',
  ),
  PublicIpAddressPool: ofPattern(
    'PublicIpAddressPool',
    'IP address pool',
    'vpc',
    'publicipaddresspool',
    /^pippool-[A-Za-z0-9]/,
    'pippool-bp1a2b3c4d5e6',
  ),
  ROSTemplate: {
    ...ofPattern(
      'ROSTemplate',
      'ROS template',
      'ros',
      'template',
      /^[A-Za-z0-9]/,
      '5ecd1e10-b0e9-4389-a565-e4c15efc',
    ),
    // Templates belong to no region; their shares are made in this one.
    regionIds: ['cn-shanghai'],
  },
  ServiceCatalogPortfolio: ofPattern(
    'ServiceCatalogPortfolio',
    'Service Catalog portfolio',
    'servicecatalog',
    'portfolio',
    /^port-[A-Za-z0-9]/,
    'port-bp1a2b3c4d5e6',
  ),
  CapacityReservation: ofPattern(
    'CapacityReservation',
    'capacity reservation',
    'ecs',
    'capacityreservation',
    /^crp-[A-Za-z0-9]/,
    'crp-bp1a2b3c4d5e6f7g8h9i',
  ),
  ElasticityAssurance: {
    ...ofPattern(
      'ElasticityAssurance',
      'elasticity assurance',
      'ecs',
      'elasticityassurance',
      /^eap-[A-Za-z0-9]/,
      'eap-bp1a2b3c4d5e6f7g8h9i',
    ),
    // Only its permission is documented; the type is the name's last part, as with all others.
    nameConfirmed: false,
  },
  KMSInstance: ofPattern(
    'KMSInstance',
    'KMS instance',
    'kms',
    'instance',
    /^kst-[A-Za-z0-9]/,
    'kst-bjj62d8f5e0sgtx8h',
  ),
  IpamPool: {
    ...ofPattern(
      'IpamPool',
      'IPAM pool',
      'vpc',
      'ipampool',
      /^ipam-pool-[A-Za-z0-9]/,
      'ipam-pool-bp1a2b3c4d5e6',
    ),
    nameConfirmed: false,
  },
} as const satisfies Record<string, TypeFacts>;

export type ResourceType = keyof typeof RESOURCE_TYPE_FACTS;
export const RESOURCE_TYPES = Object.keys(RESOURCE_TYPE_FACTS) as [ResourceType, ...ResourceType[]];

/** What an installation says otherwise about a type, where the provider turned out to differ from what is written here. */
export interface TypeOverride {
  /** The name on the wire. */
  resourceType?: string;
  permissionName?: string;
  namedBy?: 'id' | 'arn';
}
export type TypeOverrides = Partial<Record<ResourceType, TypeOverride>>;

/** How a type goes over the wire in this installation. */
export interface WireType {
  resourceType: string;
  permissionName: string;
  namedBy: 'id' | 'arn';
}

export function factsOf(type: ResourceType): TypeFacts {
  return RESOURCE_TYPE_FACTS[type];
}

export function wireTypeOf(type: ResourceType, overrides: TypeOverrides): WireType {
  const { permissionName, namedBy } = factsOf(type);
  const resourceType = overrides[type]?.resourceType ?? type;
  return {
    permissionName: resourceType === type ? permissionName : `${PERMISSION_PREFIX}${resourceType}`,
    namedBy,
    ...overrides[type],
    resourceType,
  };
}

function ofPattern(
  type: string,
  noun: string,
  service: string,
  kind: string,
  idPattern: RegExp,
  idExample: string,
): TypeFacts {
  return {
    noun,
    permissionName: `${PERMISSION_PREFIX}${type}`,
    scope: 'unknown',
    namedBy: 'id',
    arn: { service, kind },
    regionIds: 'every',
    accountsMax: null,
    idPattern,
    idExample,
    nameConfirmed: true,
  };
}
