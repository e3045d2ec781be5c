import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import { type Acts, actsIn } from './acts';
import type { CallLog } from './calls';
import { serveControls } from './control';
import { credentialOf } from './credentials';
import { fallDue } from './fall-due';
import type { Faults } from './faults';
import { openGateway } from './gateway/gateway';
import { type Listener, listen, rpcHandler } from './gateway/listen';
import { type SessionCredentials, openSession } from './sessions';
import type { World } from './world';

export interface CloudOptions {
  world: World;
  clock: Clock;
  /** Port per region id; 0 or missing = any free port. Also 'central' for products without a region. */
  ports?: Record<string, number>;
  /** Port of the control endpoint: 0 = any free port; left out = no control endpoint. */
  controlPort?: number;
  /** 'off' never throttles, for simulations that make many calls at one moment of a standing clock. */
  rateLimits?: 'enforced' | 'off';
  /** Called after the world changed (debounced by the caller). */
  onChange?: () => void;
}

export interface Cloud {
  /** `http://127.0.0.1:<port>` by region id, and 'central'. */
  readonly endpoints: Record<string, string>;
  readonly controlUrl: string | undefined;
  /** The world as it is now: what fell due since the last call has happened. */
  readonly world: World;
  readonly calls: CallLog;
  readonly faults: Faults;
  act: Acts;
  /** Temporary credentials of a role, as Function Compute would hand them to a function. */
  roleCredentials(accountId: string, roleName: string, seconds?: number): SessionCredentials;
  /** The secret, and token, of any key that the cloud knows, unless it has expired. */
  credential(accessKeyId: string): { secret: string; securityToken?: string; accountId: string } | undefined;
  close(): Promise<void>;
}

const ROLE_SESSION_SECONDS = 3_600;

/**
 * Starts a local Alibaba Cloud over a world: an endpoint for each of its regions and one, 'central', for products
 * without a region.
 *
 * @throws Error EADDRINUSE when a port is taken.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { world, clock, ports = {}, controlPort, rateLimits, onChange = () => {} } = options;
  world.secret ??= randomBytes(32).toString('hex');
  const gateway = openGateway(world, clock, onChange, rateLimits !== 'off');
  const act = actsIn(world, clock, gateway, onChange);

  const listeners: Listener[] = [];
  const endpoints: Record<string, string> = {};
  for (const regionId of [...Object.keys(world.regions), 'central']) {
    const handler = rpcHandler((request) => gateway.answer(request, regionId), regionId);
    const listener = await listen(ports[regionId] ?? 0, handler);
    listeners.push(listener);
    endpoints[regionId] = listener.url;
  }
  const control =
    controlPort === undefined
      ? undefined
      : await serveControls(controlPort, { world, clock, gateway, act, onChange });
  if (control !== undefined) listeners.push(control);

  return {
    endpoints,
    controlUrl: control?.url,
    get world() {
      if (fallDue(world, clock.nowMs())) onChange();
      return world;
    },
    calls: gateway.calls,
    faults: gateway.faults,
    act,
    roleCredentials(accountId, roleName, seconds = ROLE_SESSION_SECONDS) {
      if (world.accounts[accountId]?.roles[roleName] === undefined) {
        throw new Error(`Account ${accountId} has no role ${roleName}: add it to the estate's roles.`);
      }
      const expirationMs = clock.nowMs() + seconds * 1_000;
      return openSession({ accountId, roleName, sessionName: 'function-compute', expirationMs }, world);
    },
    credential(accessKeyId) {
      const found = credentialOf(accessKeyId, world);
      if (found === undefined || clock.nowMs() >= (found.expirationMs ?? Infinity)) return undefined;
      const { secret, securityToken, caller } = found;
      return {
        secret,
        ...(securityToken === undefined ? {} : { securityToken }),
        accountId: caller.accountId,
      };
    },
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}
