import { refused, type EdgeAnswer } from './edge-refusal';
import { versionsIn } from './etag';
import { readBody } from './read-body';
import { IDS, type Call, type IdName, type Route } from './route';
import { dryRunQuery } from './schemas/dry-run';
import { parsedQuery } from './schemas/field-problems';

/** All that a call says, beside who makes it. */
export interface ReadCall extends Pick<Call, 'ids' | 'query' | 'body'> {
  versions: readonly number[] | null;
  /** Its Idempotency-Key. */
  key: string | null;
  /** Whether it only asks what would come of it. */
  dryRun: boolean;
}

/** Reads what a route takes, and no more. Nothing that is not in its form gets past here. */
export async function readCall(
  route: Route,
  request: Request,
  params: Record<string, string>,
): Promise<EdgeAnswer<ReadCall>> {
  const ids = idsFrom(params);
  if (!ids.ok) return ids;
  const query = route.query === undefined ? NOTHING : parsedQuery(route.query, request);
  if (!query.ok) return query;
  const trial = route.tries === undefined ? NO_TRIAL : parsedQuery(dryRunQuery, request);
  if (!trial.ok) return trial;
  const key = route.method === 'POST' ? keyFrom(request) : NO_KEY;
  if (!key.ok) return key;
  const versions =
    route.versions === 'changed' ? versionsIn(request.headers.get('if-match')) : versionsIn(null);
  if (!versions.ok) return versions;
  const body = route.body === undefined ? NOTHING : await readBody(request, route.body);
  if (!body.ok) return body;
  return {
    ok: true,
    value: {
      ids: ids.value,
      query: query.value,
      body: body.value,
      versions: versions.value,
      key: key.value,
      dryRun: trial.value.dryRun === 'true',
    },
  };
}

const NOTHING = { ok: true, value: undefined } as const;
const NO_KEY = { ok: true, value: null } as const;
const NO_TRIAL = { ok: true, value: { dryRun: 'false' } } as const;
const ID_CHARACTERS_MAX = 64;

/** The ids in a path. One that nothing of ours can have goes no further: there is nothing with it. */
function idsFrom(params: Record<string, string>): EdgeAnswer<Record<string, string>> {
  for (const [name, id] of Object.entries(params)) {
    if (/^[A-Za-z0-9_-]+$/.test(id) && id.length <= ID_CHARACTERS_MAX) continue;
    const what = IDS[name as IdName];
    return refused({ reason: 'not-found', what, id: id.slice(0, ID_CHARACTERS_MAX) });
  }
  return { ok: true, value: params };
}

function keyFrom(request: Request): EdgeAnswer<string | null> {
  const key = request.headers.get('idempotency-key');
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return { ok: true, value: key };
  const message = 'Must have 1 to 255 characters of ASCII, none of them a space or a control character';
  return refused({
    reason: 'invalid',
    problems: [{ pointer: 'Idempotency-Key:', code: 'wrong-format', message }],
  });
}
