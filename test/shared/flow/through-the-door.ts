import { vi } from 'vitest';
import type { FunctionContext, JobHandler } from '../../../shared/edge/invocation';
import { TINY } from '../alicloud/tiny-cloud';
import type { Installation } from './installation';

interface Door {
  initialize: () => Promise<void>;
  handler: JobHandler;
}

/** Sets the environment of a function as s.yaml does, starts it, and keeps its log lines off the screen. */
export async function open(door: Door, house: Installation, accountIds = 'own'): Promise<void> {
  const environment = {
    SHAREKEEPER_TABLESTORE_ENDPOINT: house.tablestore.endpoint,
    SHAREKEEPER_TABLESTORE_INSTANCE: house.tablestore.instance,
    SHAREKEEPER_REGIONS: TINY.regionId,
    SHAREKEEPER_ACCOUNTS: accountIds,
    SHAREKEEPER_MEMBER_ROLE: 'sharekeeper-member',
    SHAREKEEPER_CURRENCY: 'USD',
    SHAREKEEPER_OIDC_ISSUER: 'http://127.0.0.1:1',
    SHAREKEEPER_OIDC_AUDIENCE: 'sharekeeper',
    SHAREKEEPER_ENDPOINTS: JSON.stringify({ '*/*': house.cloud.endpoints[TINY.regionId] }),
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await door.initialize();
}

/** Invokes it as a timer of Function Compute does, in the management account, and answers its summary. */
export async function fire(door: Door, house: Installation, timeoutSeconds = 60): Promise<unknown> {
  const context: FunctionContext = {
    requestId: 'request-1',
    credentials: house.credentials,
    function: { name: 'under-test', timeout: timeoutSeconds },
    region: TINY.regionId,
    accountId: TINY.management,
  };
  const event = { triggerTime: '2026-11-21T19:30:00Z', triggerName: 'nightly', payload: '{}' };
  return JSON.parse(await door.handler(Buffer.from(JSON.stringify(event)), context));
}
