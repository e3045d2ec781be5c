import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InstancePrograms } from '../../../local/functions/programs';
import { providerClient } from '../../../shared/alicloud/provider-client';
import { wake } from '../../../shared/alicloud/wake';
import { buildPrograms, startTinyHost, type TinyHost } from '../../local/functions/host-kit';
import { configurationAt, outside } from './outside';

const CODE = `exports.handler = async (event) => { console.log('woken with ' + event); return 'up'; };`;
const SECRETS: Record<string, string> = { 'STS.one': 'secret' };

let programs: InstancePrograms & { remove(): void };
beforeAll(async () => {
  programs = await buildPrograms();
});
afterAll(() => programs.remove());

let host: TinyHost | undefined;
afterEach(async () => {
  await host?.stop();
  host = undefined;
});

function wakerAt(url: string, accessKeySecret = 'secret') {
  const lost: { functionName: string; error: unknown }[] = [];
  const credentials = { accessKeyId: 'STS.one', accessKeySecret, securityToken: 'token' };
  const client = providerClient(
    configurationAt({ 'FC/*': url }),
    { accountId: '1000000000000001', regionId: 'cn-hangzhou', credentials },
    { nowMs: Date.now },
  );
  return { lost, wakeUp: wake(client, (functionName, error) => lost.push({ functionName, error })) };
}

describe('waking another function', () => {
  it('has Function Compute run it, with an event that is no timer', async () => {
    host = await startTinyHost(
      programs,
      { 'invitation-poller': { code: CODE } },
      { secretOf: (accessKeyId) => SECRETS[accessKeyId] },
    );
    const { wakeUp, lost } = wakerAt(host.apiUrl);
    await wakeUp('invitation-poller');
    await host.idle();
    expect(lost).toEqual([]);
    expect(host.lines.join('\n')).toContain('woken with {}');
  });

  it('tells of a wake that was refused, and does not throw', async () => {
    host = await startTinyHost(
      programs,
      { 'invitation-poller': { code: CODE } },
      { secretOf: (accessKeyId) => SECRETS[accessKeyId] },
    );
    const { wakeUp, lost } = wakerAt(host.apiUrl, 'another secret');
    await wakeUp('invitation-poller');
    await host.idle();
    expect(lost).toMatchObject([{ functionName: 'invitation-poller', error: { kind: 'refused' } }]);
    expect(host.lines.join('\n')).not.toContain('woken');
  });

  it('tells of a wake that found nobody, and does not throw', async () => {
    const closed = await outside();
    await closed.close();
    const { wakeUp, lost } = wakerAt(closed.url);
    await wakeUp('webhook-dispatcher');
    expect(lost).toMatchObject([{ functionName: 'webhook-dispatcher', error: { code: 'ECONNREFUSED' } }]);
  });
});
