/** The resource that something received is a view of, as its owner knows it. */
export interface Source {
  ownerAccountId: string;
  regionId: string;
  resourceId: string;
}

export interface Tag {
  key: string;
  value: string;
}

/**
 * Where a snapshot comes from, by the tag that every received one has; null = it was not received.
 * Share a snapshot: the tag is `acs:ecs:sharedFrom:<UID>:<Region>:<snapshot id>`. How much of that is the key and how
 * much the value is not documented, so both are read as one text.
 */
export function sharedFrom(tags: readonly Tag[]): Source | null {
  for (const { key, value } of tags) {
    const found = SHARED_FROM.exec(key) ?? SHARED_FROM.exec(`${key}:${value}`);
    const [, ownerAccountId, regionId, resourceId] = found ?? [];
    if (ownerAccountId !== undefined && regionId !== undefined && resourceId !== undefined)
      return { ownerAccountId, regionId, resourceId };
  }
  return null;
}

const SHARED_FROM = /^acs:ecs:sharedFrom:(\d{16}):([a-z0-9-]+):(s-[A-Za-z0-9]+)$/;
