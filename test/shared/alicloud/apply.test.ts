import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../local/cloud/faults';
import type { CallOutcome, ProviderCall } from '../../../shared/domain/sharing/provider-call';
import type { ObservedShare } from '../../../shared/domain/sharing/observation';
import { sharingProvider } from '../../../shared/alicloud/sharing-provider';
import type { ProviderClientOptions } from '../../../shared/alicloud/provider-client';
import { PLACE, startTiny, TINY, type TinyCloud } from './tiny-cloud';

let tiny: TinyCloud;
beforeEach(async () => {
  tiny = await startTiny();
});
afterEach(() => tiny.cloud.close());

const CREATE: ProviderCall = {
  call: 'CreateResourceShare',
  resourceShareName: 'ours',
  allowExternalTargets: false,
  resources: [{ resourceType: 'Snapshot', resourceId: TINY.snapshots.plain }],
  targets: [TINY.consumer],
};

function apply(call: ProviderCall, options?: ProviderClientOptions): Promise<CallOutcome> {
  return sharingProvider(tiny.client(options)).apply(PLACE, call);
}

async function create(call: ProviderCall = CREATE): Promise<string> {
  const outcome = await apply(call);
  if (outcome.is !== 'done' || outcome.resourceShareId === undefined) {
    throw new Error(`the share was not made: ${JSON.stringify(outcome)}`);
  }
  tiny.clock.wind(5_000);
  return outcome.resourceShareId;
}

async function seen(resourceShareId: string): Promise<ObservedShare | undefined> {
  const { shares } = await sharingProvider(tiny.client()).observe(PLACE, []);
  return shares.find((share) => share.resourceShareId === resourceShareId);
}

async function seenAs(resourceShareId: string) {
  const share = await seen(resourceShareId);
  const live = (all: ObservedShare['resources']) =>
    all.filter((one) => one.status === 'Associated').map((one) => `${one.entityType} ${one.entityId}`);
  return {
    name: share?.resourceShareName,
    external: share?.allowExternalTargets,
    resources: live(share?.resources ?? []),
    principals: live(share?.principals ?? []),
  };
}

const DONE = { is: 'done', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) };

describe('each write', () => {
  it('CreateResourceShare tells the id of the share that is then seen', async () => {
    const id = await create();
    expect(await seenAs(id)).toEqual({
      name: 'ours',
      external: false,
      resources: [`Snapshot ${TINY.snapshots.plain}`],
      principals: [`Account ${TINY.consumer}`],
    });
  });

  it('CreateResourceShare invites an account outside the directory when the share may hold one', async () => {
    const id = await create({ ...CREATE, allowExternalTargets: true, targets: [TINY.otherPartner] });
    const share = await seen(id);
    expect(share?.allowExternalTargets).toBe(true);
    expect(share?.principals).toMatchObject([
      { entityId: TINY.otherPartner, status: 'Associating', external: true },
    ]);
  });

  it('AssociateResourceShare and DisassociateResourceShare put in and take out', async () => {
    const id = await create();
    const change = {
      resourceShareId: id,
      resources: [
        { resourceType: 'DeploymentSet', resourceId: TINY.deploymentSet },
        { resourceType: 'VSwitch', resourceId: TINY.vSwitch },
      ],
      targets: [TINY.developmentFolder],
    } satisfies Partial<ProviderCall>;
    expect(await apply({ call: 'AssociateResourceShare', ...change })).toEqual(DONE);
    tiny.clock.wind(5_000);
    expect((await seenAs(id)).resources).toHaveLength(3);
    expect((await seenAs(id)).principals).toEqual([
      `Account ${TINY.consumer}`,
      `Account ${TINY.developmentFolder}`,
    ]);
    expect(await apply({ call: 'DisassociateResourceShare', ...change })).toEqual(DONE);
    tiny.clock.wind(5_000);
    expect(await seenAs(id)).toMatchObject({
      resources: [`Snapshot ${TINY.snapshots.plain}`],
      principals: [`Account ${TINY.consumer}`],
    });
  });

  it('UpdateResourceShare changes name and scope', async () => {
    const id = await create();
    const call: ProviderCall = {
      call: 'UpdateResourceShare',
      resourceShareId: id,
      resourceShareName: 'ours-2',
      allowExternalTargets: true,
    };
    expect(await apply(call)).toEqual(DONE);
    expect(await seenAs(id)).toMatchObject({ name: 'ours-2', external: true });
  });

  it('DeleteResourceShare ends the share, which stays to be seen as Deleted', async () => {
    const id = await create();
    expect(await apply({ call: 'DeleteResourceShare', resourceShareId: id })).toEqual(DONE);
    tiny.clock.wind(10_000);
    expect((await seen(id))?.status).toBe('Deleted');
  });

  it('ModifyImageSharePermission lets accounts in and out', async () => {
    const imageId = TINY.images.plain;
    const base = { call: 'ModifyImageSharePermission', imageId } as const;
    const letIn = async () =>
      (await sharingProvider(tiny.client()).observe(PLACE, [imageId])).imagePermissions[imageId];
    const addAccounts = [TINY.consumer, TINY.partner];
    expect(await apply({ ...base, addAccounts, removeAccounts: [] })).toEqual(DONE);
    expect(await letIn()).toEqual([TINY.consumer, TINY.partner]);
    expect(await apply({ ...base, addAccounts: [], removeAccounts: [TINY.consumer] })).toEqual(DONE);
    expect(await letIn()).toEqual([TINY.partner]);
  });

  it('that the provider refuses answers its code, words and request id', async () => {
    const call: ProviderCall = { ...CREATE, targets: [TINY.partner] };
    expect(await apply(call)).toEqual({
      is: 'refused',
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      code: 'InvalidTarget',
      message: expect.stringMatching(/^CreateResourceShare was refused: ./),
    });
  });

  it('with more than the provider takes is never sent', async () => {
    const targets = ['1', '2', '3', '4', '5', '6'];
    await expect(apply({ ...CREATE, targets })).rejects.toThrow(RangeError);
    const addAccounts = Array.from({ length: 11 }, (_, n) => String(n));
    await expect(
      apply({ call: 'ModifyImageSharePermission', imageId: 'm-1', addAccounts, removeAccounts: [] }),
    ).rejects.toThrow('accounts to add: 11, but one call takes at most 10');
    expect(tiny.calls('CreateResourceShare') + tiny.calls('ModifyImageSharePermission')).toBe(0);
  });
});

describe('a write under a fault', () => {
  const shareCount = () =>
    Object.values(tiny.cloud.world.shares).filter((share) => share.resourceShareName === 'ours').length;

  it.each<[string, FaultKind, CallOutcome['is'], number]>([
    ['throttled', { kind: 'throttle', status: 403, retryAfterMs: 40 }, 'try-again', 0],
    [
      'a 503 before',
      { kind: 'error', status: 503, code: 'ServiceUnavailable', when: 'before' },
      'unknown',
      0,
    ],
    ['a 500 after', { kind: 'error', status: 500, code: 'InternalError', when: 'after' }, 'unknown', 1],
    ['a page before', { kind: 'html', status: 502, when: 'before' }, 'unknown', 0],
    ['a page after', { kind: 'html', status: 502, when: 'after' }, 'unknown', 1],
    ['a redirect', { kind: 'redirect' }, 'unknown', 0],
    ['a timeout before', { kind: 'timeout', when: 'before' }, 'unknown', 0],
    ['a timeout after', { kind: 'timeout', when: 'after' }, 'unknown', 1],
    ['a reset before', { kind: 'reset', when: 'before' }, 'unknown', 0],
    ['a reset after', { kind: 'reset', when: 'after' }, 'unknown', 1],
    ['a late answer', { kind: 'slow', delayMs: 300 }, 'done', 1],
  ])('(%s) says what may have happened: %o is %s', async (_name, fault, is, made) => {
    tiny.cloud.faults.add({ action: 'CreateResourceShare', fault });
    const deadlineMs = fault.kind === 'timeout' ? 600 : 5_000;
    expect((await apply(CREATE, { deadlineMs })).is).toBe(is);
    expect(shareCount()).toBe(made);
    expect(tiny.calls('CreateResourceShare')).toBe(1);
  });
});
