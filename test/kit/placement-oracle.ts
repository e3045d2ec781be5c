import type { ObservedAssociation, ObservedShare } from '../../shared/domain/sharing/observation';
import type { ProviderCall } from '../../shared/domain/sharing/provider-call';

/** A provider that does each call at once: what a plan's calls add up to, and which pairs they grant on the way. */
export class PlacementOracle {
  /** How many share names were handed out. */
  named = 0;
  readonly shares = new Map<
    string,
    { name: string; external: boolean; resources: Set<string>; targets: Set<string> }
  >();

  /** Every pair `<resource> <principal>` that is granted now. */
  pairs(): Set<string> {
    const pairs = new Set<string>();
    for (const { resources, targets } of this.shares.values()) {
      for (const resource of resources) for (const target of targets) pairs.add(`${resource} ${target}`);
    }
    return pairs;
  }

  apply(call: ProviderCall): void {
    switch (call.call) {
      case 'CreateResourceShare':
        this.shares.set(`rs-${call.resourceShareName}`, {
          name: call.resourceShareName,
          external: call.allowExternalTargets,
          resources: new Set(call.resources.map(({ resourceId }) => resourceId)),
          targets: new Set(call.targets),
        });
        return;
      case 'AssociateResourceShare':
        for (const { resourceId } of call.resources)
          this.share(call.resourceShareId).resources.add(resourceId);
        for (const target of call.targets) this.share(call.resourceShareId).targets.add(target);
        return;
      case 'DisassociateResourceShare':
        for (const { resourceId } of call.resources)
          this.share(call.resourceShareId).resources.delete(resourceId);
        for (const target of call.targets) this.share(call.resourceShareId).targets.delete(target);
        return;
      case 'DeleteResourceShare':
        this.shares.delete(call.resourceShareId);
        return;
      default:
        throw new Error(`${call.call} is no call about resource shares`);
    }
  }

  observed(): ObservedShare[] {
    return [...this.shares].map(([resourceShareId, share]) => ({
      resourceShareId,
      resourceShareName: share.name,
      status: 'Active',
      allowExternalTargets: share.external,
      resources: [...share.resources].map((entityId) => associated(entityId, 'Snapshot')),
      principals: [...share.targets].map((entityId) => associated(entityId, 'Account')),
    }));
  }

  private share(resourceShareId: string) {
    const share = this.shares.get(resourceShareId);
    if (share === undefined) throw new Error(`There is no share ${resourceShareId}`);
    return share;
  }
}

function associated(entityId: string, entityType: string): ObservedAssociation {
  return {
    entityId,
    entityType,
    status: 'Associated',
    failureReason: '',
    createMs: 0,
    updateMs: 0,
    external: false,
  };
}
