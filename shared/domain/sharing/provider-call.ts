import type { ResourceType } from './resource';

/** A write at the provider, as data: what a plan is made of, what is shown before it is done, and what is recorded. */
export type ProviderCall =
  | {
      call: 'CreateResourceShare';
      resourceShareName: string;
      allowExternalTargets: boolean;
      resources: TypedResource[];
      targets: string[];
    }
  | {
      call: 'AssociateResourceShare' | 'DisassociateResourceShare';
      resourceShareId: string;
      resources: TypedResource[];
      targets: string[];
    }
  | {
      call: 'UpdateResourceShare';
      resourceShareId: string;
      resourceShareName: string;
      allowExternalTargets: boolean;
    }
  | { call: 'DeleteResourceShare'; resourceShareId: string }
  | { call: 'ModifyImageSharePermission'; imageId: string; addAccounts: string[]; removeAccounts: string[] };

export interface TypedResource {
  resourceType: ResourceType;
  resourceId: string;
}

/** What came of a call. Only 'unknown' needs a look before the call may be made again. */
export type CallOutcome =
  | { is: 'done'; requestId: string; resourceShareId?: string }
  | { is: 'refused'; requestId: string; code: string; message: string }
  /** Not now: throttled, or another task on the same share is unfinished. */
  | { is: 'try-again'; code: string; afterMs: number }
  | { is: 'unknown'; why: string };

/** Refusals that say nothing about a grant: things are not as they were when the call was planned. Looking again helps. */
const OLD_PICTURE = new Set([
  'EntityNotExists.ResourceShare',
  'EntityAlreadyExists.ResourceShareAssociation',
  'DisassociateInvalid',
]);

export function tellsOfOldPicture({ code }: { code: string }): boolean {
  return OLD_PICTURE.has(code);
}

/** Resource Sharing: at most 5 resources and 5 principals in one request. */
export const ENTITIES_PER_CALL_MAX = 5;
/** ModifyImageSharePermission takes 10 accounts and drops the rest without a word. */
export const IMAGE_ACCOUNTS_PER_CALL_MAX = 10;

/** How many resources and principals a call names together. */
export function entitiesIn(call: ProviderCall): number {
  switch (call.call) {
    case 'CreateResourceShare':
      return Math.max(call.resources.length, call.targets.length);
    case 'AssociateResourceShare':
    case 'DisassociateResourceShare':
      return call.resources.length + call.targets.length;
    case 'ModifyImageSharePermission':
      return call.addAccounts.length + call.removeAccounts.length;
    case 'UpdateResourceShare':
    case 'DeleteResourceShare':
      return 1;
  }
}
