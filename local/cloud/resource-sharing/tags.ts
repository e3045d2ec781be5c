import { type Action, type Call, type ParameterSpec, ProviderRefusal } from '../product';
import { flagOf, pairsOf, textOf, textsOf } from '../read-parameters';
import type { ResourceShare } from '../world';
import { READS_PER_SECOND, TAGS_MAX, WRITES_PER_SECOND } from './limits';
import { pageOf } from './page';
import { shareNotFound, sharesOwnedBy, statusOf } from './share-state';

/** Source: TagResources: 128 characters; neither `acs:` nor `aliyun` in front, no URL within. */
const TAG_MAX_CHARACTERS = 128;

const TAG_FIELDS = { Key: { type: 'string' }, Value: { type: 'string' } } as const;

/** Which shares: the only calls of this product that name their region. */
const SHARES = {
  RegionId: { type: 'string', required: true },
  ResourceType: { type: 'string', required: true, enum: ['ResourceShare'] },
} as const satisfies Record<string, ParameterSpec>;

/** Puts tags on shares; a key that is there already gets the new value. */
export const tagResources: Action = {
  parameters: {
    ...SHARES,
    ResourceId: { type: 'list', required: true, maxItems: TAGS_MAX, unique: true },
    Tag: { type: 'list', required: true, maxItems: TAGS_MAX, fields: TAG_FIELDS },
  },
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    checkRegion(call);
    const tags = tagsOf(call);
    const tagged = sharesNamed(call).map((share) => ({ share, tags: { ...share.tags, ...tags } }));
    if (tagged.some((one) => Object.keys(one.tags).length > TAGS_MAX)) throw invalidTag();
    for (const one of tagged) one.share.tags = one.tags;
    return {};
  },
};

/** Takes tags off shares: those that TagKey names, or all. */
export const untagResources: Action = {
  parameters: {
    ...SHARES,
    ResourceId: { type: 'list', maxItems: TAGS_MAX, unique: true },
    TagKey: { type: 'list', maxItems: TAGS_MAX, unique: true },
    All: { type: 'boolean' },
  },
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    checkRegion(call);
    const keys = textsOf(call, 'TagKey');
    for (const share of sharesNamed(call)) {
      const goesAway = (key: string) => keys.includes(key) || (keys.length === 0 && flagOf(call, 'All'));
      share.tags = Object.fromEntries(Object.entries(share.tags).filter(([key]) => !goesAway(key)));
    }
    return {};
  },
};

/** One entry for each share and tag. */
export const listTagResources: Action = {
  parameters: {
    ...SHARES,
    NextToken: { type: 'string', maxLength: 256 },
    ResourceId: { type: 'list', maxItems: TAGS_MAX, unique: true },
    Tag: { type: 'list', maxItems: TAGS_MAX, fields: TAG_FIELDS },
  },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    checkRegion(call);
    const ids = textsOf(call, 'ResourceId');
    const entries = sharesHere(call)
      .filter((share) => ids.length === 0 || ids.includes(share.resourceShareId))
      .filter((share) => hasTags(share, call))
      .flatMap(({ resourceShareId, tags }) =>
        Object.entries(tags).map(([key, value]) => ({ resourceShareId, key, value })),
      );
    const { TagResources, ...paging } = pageOf(
      call,
      'TagResources',
      entries,
      ({ resourceShareId, key }) => `${resourceShareId} ${key}`,
      ({ resourceShareId, key, value }) => ({
        ResourceId: resourceShareId,
        ResourceType: 'ResourceShare',
        TagKey: key,
        TagValue: value,
      }),
    );
    return { ...paging, TagResources: { TagResource: TagResources } };
  },
};

/** Whether a share has every tag that the call asks for; a tag without a value asks for the key alone. */
export function hasTags(share: ResourceShare, call: Call): boolean {
  return pairsOf(call, 'Tag').every(
    ({ key, value }) => Object.hasOwn(share.tags, key) && (value ?? share.tags[key]) === share.tags[key],
  );
}

/** The tags that a call gives. @throws ProviderRefusal 400 InvalidParameter.Tag */
export function tagsOf(call: Call): Record<string, string> {
  const pairs = pairsOf(call, 'Tag');
  const tags = Object.fromEntries(pairs.map(({ key, value }) => [key, value ?? '']));
  const isFit = Object.entries(tags).every(([key, value]) => isKey(key) && isFitting(value, /^acs:/));
  if (!isFit || Object.keys(tags).length < pairs.length) throw invalidTag();
  return tags;
}

function isKey(key: string): boolean {
  return key !== '' && isFitting(key, /^(?:acs:|aliyun)/);
}

function isFitting(text: string, forbiddenStart: RegExp): boolean {
  return text.length <= TAG_MAX_CHARACTERS && !forbiddenStart.test(text) && !/https?:\/\//.test(text);
}

function invalidTag(): ProviderRefusal {
  return new ProviderRefusal(400, 'InvalidParameter.Tag', 'The Tag is invalid.');
}

/** @throws ProviderRefusal 404 EntityNotExists.ResourceShare when one is not the caller's, or is deleted. */
function sharesNamed(call: Call): ResourceShare[] {
  const here = sharesHere(call);
  return textsOf(call, 'ResourceId').map((id) => {
    const share = here.find((one) => one.resourceShareId === id);
    if (share === undefined) throw shareNotFound();
    return share;
  });
}

function sharesHere({ caller, regionId, world, nowMs }: Call): ResourceShare[] {
  return sharesOwnedBy(caller.accountId, world).filter(
    (share) => share.regionId === regionId && statusOf(share, nowMs) !== 'Deleted',
  );
}

function checkRegion(call: Call): void {
  if (textOf(call, 'RegionId') === call.regionId) return;
  throw new ProviderRefusal(400, 'InvalidParameter.RegionId', 'The RegionId is invalid.');
}
