import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDoor, type Door } from './door';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

const anyone = {
  name: 'anything',
  effect: 'allow',
  who: {},
  what: {},
  whom: ['anyone'],
  longestDays: 30,
  reasonCharactersMin: 0,
  ticketPattern: null,
  approval: [{ who: { roles: ['approver'] }, count: 1 }],
};
const policy = { rules: [anyone], pendingLapsesAfterHours: 48, unknownBlocks: false, breakGlass: null };

const wish = {
  resources: [{ resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-bp1a2b3c4d5e6f7g8h9i' }],
  principals: [{ id: '1600000000000002' }],
  reason: 'Nightly restore test of the billing database',
  endsAt: inDays(10),
};

/** Puts a policy in the place of whichever stands. */
async function upload(body: object): Promise<void> {
  const { headers } = await door.call('GET', '/v1/policy', { as: 'Olu' });
  const put = await door.call('PUT', '/v1/policy', {
    as: 'Olu',
    body,
    headers: { 'If-Match': headers.etag ?? '' },
  });
  if (put.status !== 200) throw new Error(JSON.stringify(put.json));
}

async function asked(body: object = wish, as = 'Ren'): Promise<string> {
  const { status, json } = await door.call('POST', '/v1/requests', { as, body });
  if (status !== 201) throw new Error(JSON.stringify(json));
  return json.requestId;
}

const approve = (id: string, as: string, more: object = {}) =>
  door.call('POST', `/v1/requests/${id}/decision`, { as, body: { decision: 'approve', ...more } });

describe('the policy', () => {
  test('is the one that came with sharekeeper until an operator uploads another, and each version stays readable', async () => {
    const first = await door.call('GET', '/v1/policy', { as: 'Ren' });
    expect(first.json).toMatchObject({
      version: 'default-1',
      uploaded: null,
      policy: { breakGlass: null, rules: [{ name: 'anything-managed', longestDays: 365 }] },
    });
    const put = await door.call('PUT', '/v1/policy', {
      as: 'Olu',
      body: policy,
      headers: { 'If-Match': first.headers.etag ?? '' },
    });
    expect(put.status).toBe(200);
    expect(put.json).toMatchObject({ version: 'v1', policy, uploaded: { by: { name: 'Olu Adeyemi' } } });
    const now = await door.call('GET', '/v1/policy', { as: 'Ines' });
    expect([now.json, now.headers.etag]).toEqual([put.json, put.headers.etag]);
    for (const version of ['default-1', 'v1']) {
      const { json } = await door.call('GET', `/v1/policies/${version}`, { as: 'Ren' });
      expect(json).toMatchObject({ version });
    }
    expect((await door.call('GET', '/v1/policies/v99', { as: 'Ren' })).status).toBe(404);
    const woken = door.woken.splice(0);
    expect(woken).toEqual(['webhook-dispatcher']);
  });

  test('is not replaced unseen, nor over another one than was seen, nor by anybody but an operator', async () => {
    const { headers } = await door.call('GET', '/v1/policy', { as: 'Olu' });
    const put = (as: string, match: Record<string, string>) =>
      door.call('PUT', '/v1/policy', { as, body: policy, headers: match });
    const seen = { 'If-Match': headers.etag ?? '' };
    const answers = [
      await put('Olu', {}),
      await put('Olu', { 'If-Match': '"0-0000000000000000"' }),
      await put('Ada', seen),
      await put('Ren', seen),
      await put('Olu', seen),
      await put('Olu', seen),
    ];
    expect(answers.map(({ status, json }) => `${status} ${json.code ?? 'done'}`)).toEqual([
      '428 precondition-needed',
      '412 policy-changed',
      '403 role-needed',
      '403 role-needed',
      '200 done',
      '412 policy-changed',
    ]);
  });

  test('of ten uploads over one version one stands', async () => {
    const { headers } = await door.call('GET', '/v1/policy', { as: 'Olu' });
    const match = { 'If-Match': headers.etag ?? '' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        door.call('PUT', '/v1/policy', {
          as: 'Olu',
          headers: match,
          body: { ...policy, rules: [{ ...anyone, name: `rule-${at}` }] },
        }),
      ),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 412]));
    expect((await door.call('GET', '/v1/policy', { as: 'Olu' })).json).toEqual(won[0]?.json);
  });

  test('that is wrong in many places is refused with each of them', async () => {
    const { headers } = await door.call('GET', '/v1/policy', { as: 'Olu' });
    const { status, json } = await door.call('PUT', '/v1/policy', {
      as: 'Olu',
      headers: { 'If-Match': headers.etag ?? '' },
      body: {
        rules: [
          { ...anyone, longestDays: 0, approval: [] },
          { ...anyone, whom: ['everybody', 'rd-abc', 'fd-ok'], who: { roles: ['root'], groups: [] } },
          {
            ...anyone,
            name: 'Third Rule',
            approval: [
              { who: { subjects: ['a', 'a'] }, count: 2 },
              { who: {}, count: 11 },
            ],
            what: { resourceTypes: ['Bucket'], resourceIds: 's-*' },
          },
          { name: 'fourth', effect: 'deny', who: {}, what: {}, whom: [] },
          { name: 'fifth', effect: 'perhaps' },
          7,
        ],
        pendingLapsesAfterHours: 1.5,
        breakGlass: { who: {}, longestHours: 0, reasonCharactersMin: 3, confirmation: 'yes' },
        surprise: true,
      },
    });
    expect([status, json.code]).toEqual([422, 'invalid']);
    expect(json.errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual([
      '/breakGlass/confirmation wrong-type',
      '/breakGlass/longestHours too-small',
      '/breakGlass/reasonCharactersMin too-small',
      '/breakGlass/reviewWithinHours required',
      '/pendingLapsesAfterHours wrong-type',
      '/rules/0/approval too-few',
      '/rules/0/longestDays too-small',
      '/rules/1/name wrong-format',
      '/rules/1/who/groups too-few',
      '/rules/1/who/roles/0 not-one-of',
      '/rules/1/whom/0 wrong-format',
      '/rules/1/whom/1 wrong-format',
      '/rules/2/approval/0/count wrong-format',
      '/rules/2/approval/1/count too-big',
      '/rules/2/name wrong-format',
      '/rules/2/what/resourceIds wrong-type',
      '/rules/2/what/resourceTypes/0 not-one-of',
      '/rules/3/because required',
      '/rules/3/whom too-few',
      '/rules/4/effect invalid',
      '/rules/5 wrong-type',
      '/surprise unknown-field',
      '/unknownBlocks required',
    ]);
    expect((await door.call('GET', '/v1/policy', { as: 'Olu' })).headers.etag).toBe(headers.etag);
  });
});

describe('a request under a policy', () => {
  test('that does not allow it is refused with every reason, and there is no request', async () => {
    await upload({ ...policy, rules: [{ ...anyone, longestDays: 3, ticketPattern: 'OPS-#*' }] });
    const { status, json } = await door.call('POST', '/v1/requests', { as: 'Mei', body: wish });
    expect([status, json.code]).toEqual([403, 'policy-refused']);
    expect(json.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/endsAt too-long',
      '/ticket ticket-needed',
    ]);
    expect((await door.call('GET', '/v1/requests', { as: 'Mei' })).json.requests).toEqual([]);
  });

  test('that wants two groups tells whom it waits for, and takes the earlier end that one of them sets', async () => {
    const approval = [
      { who: { groups: ['platform'] }, count: 1 },
      { who: { groups: ['data'] }, count: 1 },
    ];
    await upload({ ...policy, rules: [{ ...anyone, approval }] });
    const id = await asked();
    const endsAt = inDays(5);
    expect((await approve(id, 'Ada', { endsAt })).json).toMatchObject({
      status: 'pending',
      endsAt,
      approvals: [{ lacking: 0 }, { lacking: 1 }],
      votes: [{ by: { name: 'Ada Novak' }, shortenedTo: endsAt }],
    });
    const again = await approve(id, 'Ada');
    expect([again.status, again.json.code]).toEqual([409, 'already-voted']);
    const later = await approve(id, 'Sam', { endsAt: inDays(20) });
    expect([later.status, later.json.errors]).toMatchObject([
      422,
      [{ pointer: '/endsAt', code: 'not-earlier' }],
    ]);
    expect((await approve(id, 'Sam')).json).toMatchObject({ status: 'approved', endsAt });
  });

  test('that needs nobody is approved at once, by the policy, and the poller is woken', async () => {
    await upload({ ...policy, rules: [{ ...anyone, approval: 'auto' }] });
    door.woken.length = 0;
    const { json } = await door.call('POST', '/v1/requests', { as: 'Ren', body: wish });
    expect(json).toMatchObject({ status: 'approved', decision: { by: { rules: ['anything'] } } });
    expect(door.woken.splice(0).toSorted()).toEqual(['invitation-poller', 'webhook-dispatcher']);
    const seen = await door.call('GET', `/v1/requests/${json.requestId}`, { as: 'Ren' });
    expect(seen.json.grants).toHaveLength(1);
  });
});

describe('an extension', () => {
  beforeEach(async () => {
    await upload(policy);
  });
  const extend = (id: string, as: string, endsAt: string) =>
    door.call('POST', `/v1/requests/${id}/extension`, {
      as,
      body: { endsAt, reason: 'The drill takes a week longer' },
    });

  test('is a request of its own that begins where the first one ends', async () => {
    const id = await asked();
    await approve(id, 'Ada');
    const extension = await extend(id, 'Ren', inDays(15));
    expect(extension.status).toBe(201);
    expect(extension.json).toMatchObject({
      status: 'pending',
      extensionOf: id,
      startsAt: wish.endsAt,
      principals: [{ id: '1600000000000002' }],
    });
    await approve(extension.json.requestId, 'Sam');
    const { json } = await door.call('GET', `/v1/requests/${id}`, { as: 'Ren' });
    const windows = json.grants[0]?.windows.filter(({ requestId }) =>
      [id, extension.json.requestId].includes(requestId),
    );
    expect(windows).toMatchObject([{ endsAt: wish.endsAt }, { startsAt: wish.endsAt }]);
  });

  test('is for the asker alone, later than the end, and of what was approved', async () => {
    const id = await asked();
    const early = await extend(id, 'Ren', inDays(15));
    await approve(id, 'Ada');
    const answers = [
      early,
      await extend(id, 'Ren', inDays(9)),
      await extend(id, 'Mei', inDays(15)),
      await extend(id, 'Bo', inDays(15)),
      await extend(id, 'Ren', inDays(45)),
    ];
    expect(answers.map(({ status, json }) => `${status} ${json.code}`)).toEqual([
      '409 wrong-state',
      '422 invalid',
      '404 not-found',
      '403 not-yours',
      '403 policy-refused',
    ]);
  });
});

describe('breaking the glass', () => {
  const rule = {
    who: { groups: ['data'] },
    longestHours: 24,
    reasonCharactersMin: 20,
    confirmation: true,
    reviewWithinHours: 8,
  };
  const urgent = { ...wish, endsAt: inDays(0.5) };
  const breakGlass = { reason: 'The billing database is down' };
  const call = (body: object, as = 'Ren') => door.call('POST', '/v1/requests', { as, body });

  test('is off unless the policy lets somebody', async () => {
    await upload(policy);
    const { status, json } = await call({ ...urgent, breakGlass });
    expect([status, json.errors]).toMatchObject([
      403,
      [{ pointer: '/breakGlass', code: 'break-glass-refused' }],
    ]);
  });

  test('takes the sentence that the first call was answered with, and no other request is confirmed by it', async () => {
    await upload({ ...policy, breakGlass: rule });
    const first = await call({ ...urgent, breakGlass });
    expect([first.status, first.json.code]).toEqual([409, 'confirmation-needed']);
    const { confirm } = first.json as unknown as { confirm: string };
    expect(confirm).toMatch(
      /^I share 1 resource with 1 principal before anybody agrees, and answer for it \([0-9a-f]{8}\)\.$/,
    );
    const other = {
      ...urgent,
      principals: [{ id: '1600000000000003' }],
      breakGlass: { ...breakGlass, confirm },
    };
    expect((await call(other)).json.code).toBe('confirmation-needed');
    door.woken.length = 0;
    const second = await call({ ...urgent, breakGlass: { ...breakGlass, confirm } });
    expect([second.status, second.json]).toMatchObject([
      201,
      {
        status: 'approved',
        breakGlass: { reason: 'The billing database is down', review: { status: 'due' } },
      },
    ]);
    expect(door.woken).toContain('invitation-poller');

    const review = (as: string) =>
      door.call('POST', `/v1/requests/${second.json.requestId}/review`, {
        as,
        body: { verdict: 'justified', comment: 'The outage was real' },
      });
    expect((await review('Ren')).json.code).toBe('role-needed');
    expect((await review('Ada')).json).toMatchObject({
      status: 'approved',
      breakGlass: { review: { status: 'done', by: { name: 'Ada Novak' }, verdict: 'justified' } },
    });
    expect((await review('Sam')).json.code).toBe('already-reviewed');
    const plain = await asked();
    const none = await door.call('POST', `/v1/requests/${plain}/review`, {
      as: 'Ada',
      body: { verdict: 'justified', comment: 'Nothing to see' },
    });
    expect([none.status, none.json.code]).toEqual([409, 'nothing-to-review']);
  });

  test.each([
    ['Mei', breakGlass.reason, urgent.endsAt, '/breakGlass'],
    ['Ren', 'No time, sorry', urgent.endsAt, '/breakGlass/reason'],
    ['Ren', breakGlass.reason, inDays(2), '/endsAt'],
  ])('is refused to %s with %j until %s at %s', async (as, reason, endsAt, pointer) => {
    const { status, json } = await call({ ...urgent, endsAt, breakGlass: { reason } }, as);
    expect([status, json.errors]).toMatchObject([403, [{ pointer, code: 'break-glass-refused' }]]);
  });

  test('skips approvers and no rule', async () => {
    const never = { name: 'never', effect: 'deny', who: {}, what: {}, whom: ['anyone'], because: 'Never.' };
    await upload({ ...policy, rules: [anyone, never], breakGlass: rule });
    const { status, json } = await call({ ...urgent, breakGlass });
    expect([status, json.errors]).toMatchObject([403, [{ pointer: '/resources/0', code: 'denied' }]]);
  });

  test('by somebody who is an approver too leaves the review to another one', async () => {
    await upload({ ...policy, breakGlass: { ...rule, confirmation: false } });
    const { json } = await call({ ...urgent, breakGlass }, 'Bo');
    expect(json.status).toBe('approved');
    const own = await door.call('POST', `/v1/requests/${json.requestId}/review`, {
      as: 'Bo',
      body: { verdict: 'justified', comment: 'It was me' },
    });
    expect([own.status, own.json.code]).toEqual([403, 'own-request']);
  });
});
