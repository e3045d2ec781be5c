import { ecs } from './ecs/product';
import { kms } from './kms/product';
import type { Product } from './product';
import { quotas } from './quotas/product';
import { ram } from './ram/product';
import { resourceDirectoryMaster, resourceManager } from './resource-directory/product';
import { resourceSharing } from './resource-sharing/product';
import { sts } from './sts/product';
import { vpc } from './vpc/product';

/** Every product of the local cloud. The API version of a call tells which one it wants. */
export const products: readonly Product[] = [
  resourceSharing,
  ecs,
  vpc,
  resourceDirectoryMaster,
  resourceManager,
  sts,
  kms,
  ram,
  quotas,
];
