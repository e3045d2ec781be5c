import * as z from 'zod/mini';
import { DISK_GIB_MAX } from '../../domain/receiving/create-disk';
import { RETENTION_DAYS_MAX } from '../../domain/receiving/copy-snapshot';
import type { UseCall } from '../../domain/receiving/receiver-write';
import { DISK_CATEGORIES } from '../../domain/receiving/use-problem';

const regionId = z
  .string()
  .check(z.regex(/^[a-z]{2}-[a-z0-9-]{1,40}$/, 'Must be a region id such as cn-hangzhou'));
const zoneId = z
  .string()
  .check(z.regex(/^[a-z]{2}-[a-z0-9-]{1,42}$/, 'Must be a zone id such as cn-hangzhou-h'));
/** ECS: 2 to 128 characters from a letter on. */
const name = z
  .string()
  .check(
    z.regex(
      /^(?!https?:)\p{L}[\p{L}\p{N}:_.-]{1,127}$/u,
      'Must have 2 to 128 letters, digits, and : _ . -, and start with a letter',
    ),
  );
const sizeGiB = z.exactOptional(z.int().check(z.minimum(1), z.maximum(DISK_GIB_MAX)));
const category = z.enum(DISK_CATEGORIES);
const encryption = {
  encrypted: z.prefault(z.boolean(), false),
  /** Left out = the region's service key, where it is encrypted. */
  kmsKeyId: z.exactOptional(z.string().check(z.regex(/^[A-Za-z0-9-]{1,100}$/, 'Must be the id of a key'))),
};

function id(prefix: string) {
  return z
    .string()
    .check(z.regex(new RegExp(`^${prefix}-[A-Za-z0-9]{1,60}$`), `Must be an id that starts with ${prefix}-`));
}

/** Which region of the account. */
export const regionQuery = z.strictObject({ regionId });
/** What accepting and rejecting an invitation take. */
export const regionBody = z.strictObject({ regionId });

/** What POST …/disks takes. */
export const diskBody = z.strictObject({
  regionId,
  snapshotId: id('s'),
  zoneId,
  category,
  /** Left out = as large as the snapshot's disk. */
  sizeGiB,
  diskName: name,
  ...encryption,
});

/** What POST …/snapshot-copies takes. */
export const copyBody = z.strictObject({
  regionId,
  snapshotId: id('s'),
  destinationRegionId: regionId,
  snapshotName: name,
  /** Left out = for ever. */
  retentionDays: z.exactOptional(z.int().check(z.minimum(1), z.maximum(RETENTION_DAYS_MAX))),
  ...encryption,
});

/** What POST …/instances takes. */
export const instanceBody = z.strictObject({
  regionId,
  imageId: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,100}$/, 'Must be the id of an image')),
  instanceType: z
    .string()
    .check(z.regex(/^ecs\.[a-z0-9.-]{1,60}$/, 'Must be an instance type such as ecs.g7.large')),
  vSwitchId: id('vsw'),
  securityGroupId: id('sg'),
  /** Left out = in none. */
  deploymentSetId: z.exactOptional(id('ds')),
  instanceName: name,
  systemDisk: z.strictObject({ category, sizeGiB, ...encryption }),
});

export function diskCall(body: z.output<typeof diskBody>): UseCall {
  const { regionId: _, sizeGiB: size = null, kmsKeyId = null, ...wish } = body;
  return { call: 'CreateDisk', ...wish, sizeGiB: size, kmsKeyId };
}

export function copyCall(body: z.output<typeof copyBody>): UseCall {
  const { regionId: _, retentionDays = null, kmsKeyId = null, ...wish } = body;
  return { call: 'CopySnapshot', ...wish, retentionDays, kmsKeyId };
}

export function instanceCall(body: z.output<typeof instanceBody>): UseCall {
  const { regionId: _, deploymentSetId = null, systemDisk, ...wish } = body;
  const { sizeGiB: size = null, kmsKeyId = null, ...disk } = systemDisk;
  return {
    call: 'RunInstances',
    ...wish,
    deploymentSetId,
    systemDisk: { ...disk, sizeGiB: size, kmsKeyId },
  };
}
