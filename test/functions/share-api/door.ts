import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, vi } from 'vitest';
import { startIssuer, type Issuer } from '../../../local/people/issuer';
import { startTablestore, type TablestoreServer } from '../../../local/tablestore/server';
import type { HttpAnswer } from '../../../shared/edge/http-event';
import type { FunctionContext } from '../../../shared/edge/invocation';
import { openApiDocument } from '../../../shared/edge/openapi-document';
import { ALL_ROUTES } from '../../../shared/edge/routes/all';
import { createTables } from '../../../shared/tablestore/create-tables';
import { openRows } from '../../../shared/tablestore/open-rows';
import type { Rows } from '../../../shared/tablestore/rows';
import { breaches } from './contract';

/** What the build writes beside the bundle. */
export const DOCUMENT = openApiDocument(ALL_ROUTES);
export const OWN_ACCOUNT = '1600000000000001';
const KEY = { accessKeyId: 'STS.door', accessKeySecret: 'secret', securityToken: 'token' };

export interface Said {
  status: number;
  headers: Record<string, string>;
  json: Body;
}

/** What the tests look into of a body, whichever it is. */
export interface Body {
  requestId: string;
  status: string;
  reason: string;
  requestedBy: object;
  createdAt: string;
  resources: object[];
  decision: { decidedAt: string };
  revocation: { revokedAt: string };
  grants: {
    resource: { resourceId: string };
    principal: { id: string };
    status: string;
    windows: { requestId: string; endsAt: string | null }[];
  }[];
  requests: { requestId: string }[];
  next: string | null;
  endpointId: string;
  secret: string;
  endpoints: { endpointId: string }[];
  deliveries: { endpointId: string; attemptedAt: string }[];
  sweeps: object[];
  code: string;
  detail: string;
  instance: string;
  errors: { pointer: string; code: string; message: string }[];
  outcome: string;
  policy: object;
  reasons: Reason[];
  preflight: { outcome: string; reasons: Reason[] };
}

interface Reason {
  code: string;
  severity: string;
  answer: string;
  blocks: boolean;
  subjects: { pointer: string; detail: string }[];
}

export interface Asked {
  /** First name of one of the issuer's people. */
  as?: string;
  /** Instead of `as`: the whole value of the Authorization header. */
  authorization?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Instead of `body`: sent as it is. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

export interface Door {
  /** Calls, and holds call and answer against the API's own document. */
  call(method: string, path: string, asked?: Asked): Promise<Said>;
  /** What Function Compute hands over, untouched. */
  send(event: Buffer): Promise<HttpAnswer>;
  readonly issuer: Issuer;
  readonly tablestore: TablestoreServer;
  /** The store behind the door. */
  readonly rows: Rows;
  /** Names of the functions that were started, in order. */
  readonly woken: string[];
  /** How starting a function is answered from now on. */
  wakesAnswer(status: number): void;
  /** Lines that the function logged. */
  readonly lines: string[];
  stop(): Promise<void>;
}

/** The installation that the door is of, and the provider that is behind it. */
export interface Behind {
  accountId: string;
  /** Other accounts that are managed. */
  accountIds: readonly string[];
  credentials: typeof KEY;
  /** null = nothing of the provider can be read: preflight knows nothing, and says so. */
  providerUrl: string | null;
}

const NO_PROVIDER: Behind = {
  accountId: OWN_ACCOUNT,
  accountIds: ['1600000000000009'],
  credentials: KEY,
  providerUrl: null,
};

/** The built share-api behind a Tablestore and an issuer of its own. */
export async function openDoor(behind: Behind = NO_PROVIDER): Promise<Door> {
  const { credentials } = behind;
  const directory = await mkdtemp(join(tmpdir(), 'share-api-'));
  const clock = { nowMs: () => Date.now() };
  const issuer = await startIssuer({ port: 0, clock });
  const tablestore = await startTablestore({
    port: 0,
    directory: join(directory, 'data'),
    instance: 'door',
    credential: (id) =>
      id === credentials.accessKeyId
        ? { secret: credentials.accessKeySecret, securityToken: credentials.securityToken }
        : undefined,
    clock,
  });
  const compute = await startCompute();
  const settings = { endpoint: tablestore.url, instance: 'door' };
  await createTables(settings, credentials);

  const environment = {
    SHAREKEEPER_TABLESTORE_ENDPOINT: tablestore.url,
    SHAREKEEPER_TABLESTORE_INSTANCE: 'door',
    SHAREKEEPER_REGIONS: 'cn-hangzhou,cn-shanghai',
    SHAREKEEPER_ACCOUNTS: ['own', ...behind.accountIds].join(','),
    SHAREKEEPER_MEMBER_ROLE: 'sharekeeper-member',
    SHAREKEEPER_CURRENCY: 'USD',
    SHAREKEEPER_OIDC_ISSUER: issuer.url,
    SHAREKEEPER_OIDC_AUDIENCE: 'sharekeeper',
    SHAREKEEPER_ENDPOINTS: JSON.stringify({
      '*/*': behind.providerUrl ?? compute.url,
      'FC/*': compute.url,
    }),
    SHAREKEEPER_WEBHOOK_LOOPBACK: 'allow',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const { initialize, handler } = await builtFunction(join(directory, 'dist'));
  await initialize();

  const send = (event: Buffer) => handler(event, contextOf(behind));
  return {
    issuer,
    tablestore,
    rows: openRows(settings, credentials),
    woken: compute.woken,
    wakesAnswer: compute.answerWith,
    lines,
    send,
    async call(method, path, asked = {}) {
      const answer = await send(await eventOf(method, path, asked, issuer));
      const body = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body;
      const said: Said = {
        status: answer.statusCode,
        headers: answer.headers,
        json: body === '' ? undefined : JSON.parse(body),
      };
      expect(breaches(DOCUMENT, method, path, asked, said), `${method} ${path} and the document`).toEqual([]);
      return said;
    },
    async stop() {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      await Promise.all([issuer.close(), tablestore.close(), compute.close()]);
      await rm(directory, { recursive: true });
    },
  };
}

/** Built by the package's own script, as for deployment, though alone; and loaded as a fresh instance would. */
async function builtFunction(directory: string): Promise<{
  initialize: () => Promise<void>;
  handler: (event: Buffer, context: FunctionContext) => Promise<HttpAnswer>;
}> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { build: string } };
  const script = scripts.build.replace('functions/*/', 'functions/share-api/');
  await promisify(execFile)('sh', ['-c', `${script} --outdir='${directory}'`], {
    env: { ...process.env, PATH: `${resolve('node_modules/.bin')}:${process.env.PATH}` },
  });
  const outfile = join(directory, 'functions', 'share-api', 'index.js');
  await writeFile(join(dirname(outfile), 'openapi.json'), JSON.stringify(DOCUMENT));
  return createRequire(outfile)(outfile);
}

function contextOf({ accountId, credentials }: Behind): FunctionContext {
  return {
    requestId: `1-${randomUUID()}`,
    credentials,
    function: { name: 'share-api', timeout: 30 },
    region: 'cn-hangzhou',
    accountId,
  };
}

async function eventOf(method: string, path: string, asked: Asked, issuer: Issuer): Promise<Buffer> {
  const authorization =
    asked.authorization ?? (asked.as === undefined ? undefined : `Bearer ${await issuer.token(asked.as)}`);
  const sent = asked.raw ?? (asked.body === undefined ? '' : JSON.stringify(asked.body));
  return Buffer.from(
    JSON.stringify({
      version: 'v1',
      rawPath: path,
      body: sent.toString(typeof sent === 'string' ? undefined : 'base64'),
      isBase64Encoded: typeof sent !== 'string',
      headers: {
        Host: 'abc.cn-hangzhou.fcapp.run',
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...(sent.length === 0 ? {} : { 'Content-Type': 'application/json' }),
        ...asked.headers,
      },
      queryParameters: asked.query ?? {},
      requestContext: {
        accountId: OWN_ACCOUNT,
        requestId: '1-64f6cd87',
        http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      },
    }),
  );
}

/** Takes asynchronous invocations and remembers whose. */
async function startCompute() {
  const woken: string[] = [];
  let status = 202;
  const server = createServer((request, response) => {
    const name = /^\/2023-03-30\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    if (status === 202 && request.headers['x-fc-invocation-type'] === 'Async') woken.push(name ?? 'nobody');
    response.writeHead(status, { 'x-fc-request-id': '1-wake' }).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    woken,
    answerWith: (next: number) => void (status = next),
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
