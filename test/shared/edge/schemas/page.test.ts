import { expect, test } from 'vitest';
import { parsedQuery } from '../../../../shared/edge/schemas/field-problems';
import { pageQuery } from '../../../../shared/edge/schemas/page';

function page(query: string) {
  const answer = parsedQuery(pageQuery, new Request(`https://function.invalid/v1/requests${query}`));
  if (answer.ok) return answer.value;
  return answer.refusal.reason === 'invalid' ? answer.refusal.problems : answer.refusal;
}

test('a page has 50 entries unless asked otherwise', () => {
  expect(page('')).toEqual({ limit: 50 });
  expect(page('?limit=100')).toEqual({ limit: 100 });
});

test('a page goes on from a place that a page before it named', () => {
  // ["000001796083200","req-1"]
  const after = 'WyIwMDAwMDE3OTYwODMyMDAiLCJyZXEtMSJd';
  expect(page(`?limit=2&after=${after}`)).toEqual({ limit: 2, after });
});

test.each([
  ['?limit=0', '?limit'],
  ['?limit=101', '?limit'],
  ['?limit=-1', '?limit'],
  ['?limit=1e2', '?limit'],
  ['?limit=1,2', '?limit'],
  ['?limit=', '?limit'],
  ['?after=', '?after'],
  ['?after=../x', '?after'],
  ['?after=bm9qc29u', '?after'],
  ['?after=WzEsMl0', '?after'],
  ['?after=W10', '?after'],
  ['?offset=5', '?offset'],
])('the query %s is refused at %s', (query, pointer) => {
  expect(page(query)).toEqual([expect.objectContaining({ pointer })]);
});
