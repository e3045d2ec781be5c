import { describe, expect, test } from 'vitest';
import { parsed } from '../../../../shared/edge/schemas/field-problems';
import { wishBody, wishFrom } from '../../../../shared/edge/schemas/wish';

const good = {
  resources: [{ resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-bp1a2b3c' }],
  principals: [{ id: '1600000000000002' }, { id: 'fd-Qa7bC2dE3f' }, { id: 'r-Vn9tAA' }, { id: 'rd-3G5f6H' }],
  reason: 'Nightly restore test',
  startsAt: '2026-12-01T00:00:00Z',
  endsAt: '2026-12-31T00:00:00.500Z',
};

function problems(body: unknown): Record<string, string> {
  const answer = parsed(wishBody, body);
  if (answer.ok || answer.refusal.reason !== 'invalid') return {};
  return Object.fromEntries(answer.refusal.problems.map(({ pointer, code }) => [pointer, code]));
}

describe('the body of a new request', () => {
  test('becomes a wish: kinds of principals told by their ids, times in milliseconds, our own account filled in', () => {
    const answer = parsed(wishBody, good);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    expect(wishFrom(answer.value, '1600000000000001')).toEqual({
      resources: [
        {
          ownerAccountId: '1600000000000001',
          regionId: 'cn-hangzhou',
          resourceType: 'Snapshot',
          resourceId: 's-bp1a2b3c',
        },
      ],
      principals: [
        { type: 'account', id: '1600000000000002' },
        { type: 'folder', id: 'fd-Qa7bC2dE3f' },
        { type: 'folder', id: 'r-Vn9tAA' },
        { type: 'directory', id: 'rd-3G5f6H' },
      ],
      reason: 'Nightly restore test',
      ticket: null,
      startMs: 1_796_083_200_000,
      endMs: 1_798_675_200_500,
    });
  });

  test('may leave out both times', () => {
    const { startsAt: _startsAt, endsAt: _endsAt, ...rest } = good;
    const answer = parsed(wishBody, rest);
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    expect(wishFrom(answer.value, '1600000000000001')).toMatchObject({ startMs: null, endMs: null });
  });

  test('says everything that is wrong with it at once', () => {
    expect(
      problems({
        resources: [
          { resourceType: 'Disk', regionId: 'Hangzhou', resourceId: '../x', ownerAccountId: '12', extra: 1 },
          { resourceType: 7 },
          'snapshot',
        ],
        principals: [{ id: 'somebody' }, { id: 7 }, { id: 'fd-Qa7bC2dE3f', type: 'account' }],
        reason: ' too short ',
        startsAt: '2026-12-01T08:00:00+08:00',
        endsAt: '2026-02-30T00:00:00Z',
        'a/b~c': true,
      }),
    ).toEqual({
      '/resources/0/resourceType': 'not-one-of',
      '/resources/0/regionId': 'wrong-format',
      '/resources/0/resourceId': 'wrong-format',
      '/resources/0/ownerAccountId': 'wrong-format',
      '/resources/0/extra': 'unknown-field',
      '/resources/1/resourceType': 'not-one-of',
      '/resources/1/regionId': 'required',
      '/resources/1/resourceId': 'required',
      '/resources/2': 'wrong-type',
      '/principals/0/id': 'wrong-format',
      '/principals/1/id': 'wrong-type',
      '/principals/2/type': 'unknown-field',
      '/reason': 'too-short',
      '/startsAt': 'wrong-format',
      '/endsAt': 'wrong-format',
      '/a~1b~0c': 'unknown-field',
    });
  });

  test('needs its fields, some entries, and not too many', () => {
    expect(problems({})).toEqual({
      '/resources': 'required',
      '/principals': 'required',
      '/reason': 'required',
    });
    expect(problems({ ...good, resources: [], principals: [] })).toEqual({
      '/resources': 'too-few',
      '/principals': 'too-few',
    });
    const many = (entry: unknown, count: number) => Array.from({ length: count }, () => entry);
    expect(
      problems({
        ...good,
        resources: many(good.resources[0], 51),
        principals: many(good.principals[0], 65),
      }),
    ).toEqual({ '/resources': 'too-many', '/principals': 'too-many' });
    expect(problems({ ...good, reason: 'x'.repeat(501) })).toEqual({ '/reason': 'too-long' });
  });

  test.each([null, [], 'text', 7, true])('that is %j is of the wrong type', (body) => {
    expect(problems(body)).toEqual({ '': 'wrong-type' });
  });

  test.each(['\u0000', '\u001b[2J', '\ud800', '\u202e'])('has a reason without %j in it', (character) => {
    expect(problems({ ...good, reason: `Nightly restore ${character} test` })).toEqual({
      '/reason': 'wrong-format',
    });
  });

  test('has a reason that may have several lines and any language', () => {
    expect(problems({ ...good, reason: '每晚恢复测试，账单数据库。\n\t🙂 Für März' })).toEqual({});
  });
});
