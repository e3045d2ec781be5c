import type { ResourceRef } from './resource';
import { factsOf } from './resource-types';

/** `acs:vpc:cn-shanghai:1234567890123456:vswitch/vsw-…` */
export function arnOf({ ownerAccountId, regionId, resourceType, resourceId }: ResourceRef): string {
  const { service, kind } = factsOf(resourceType).arn;
  return `acs:${service}:${regionId}:${ownerAccountId}:${kind}/${resourceId}`;
}

/** The id at the end of an ARN; null when it is none. */
export function idInArn(arn: string): string | null {
  return /^acs:[^:]*:[^:]*:[^:]*:[^/]+\/(.+)$/.exec(arn)?.[1] ?? null;
}
