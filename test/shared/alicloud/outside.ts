import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Configuration } from '../../../shared/configuration';
import type { Credentials } from '../../../shared/alicloud/signed-call';

/** What stands outside in place of the provider: says what the test tells it to, one answer for each request. */
export interface Outside {
  url: string;
  requests: { action: string; query: URLSearchParams; headers: IncomingMessage['headers']; path: string }[];
  close(): Promise<void>;
}

export type Say = (response: ServerResponse, request: IncomingMessage) => void;

/** Serves the answers in turn, and the last one again and again. */
export async function outside(...answers: Say[]): Promise<Outside> {
  const requests: Outside['requests'] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://outside');
    const action = String(request.headers['x-acs-action']);
    requests.push({ action, query: url.searchParams, headers: request.headers, path: url.pathname });
    const say = answers[Math.min(requests.length, answers.length) - 1];
    say?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Say {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function page(status: number, html: string): Say {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(html);
  };
}

/** Takes the request and hangs up. */
export const hangUp: Say = (response) => void response.socket?.destroy();
/** Takes the request and never says anything. */
export const silence: Say = () => {};

export const CREDENTIALS: Credentials = {
  accessKeyId: 'STS.outside',
  accessKeySecret: 'secret',
  securityToken: 'token',
};

export function configurationAt(endpoints: Record<string, string>): Configuration {
  return {
    tablestore: { endpoint: 'http://127.0.0.1:1', instance: 'unused' },
    regionIds: ['cn-hangzhou'],
    accountIds: [],
    memberRole: 'sharekeeper-member',
    acceptFrom: [],
    oidc: { issuer: 'http://127.0.0.1:1', audience: 'sharekeeper', groupsClaim: 'groups' },
    endpoints,
    resourceTypes: {},
    preflight: {
      externalSharing: true,
      sharesPerAccountMax: 1_000,
      sharedResourcesPerAccountMax: 1_000,
    },
    currency: 'USD',
    webhookLoopback: 'refuse',
  };
}
