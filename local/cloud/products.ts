import { ecs } from './ecs/product';
import type { Product } from './product';
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
];
