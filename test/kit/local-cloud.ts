import { vi } from 'vitest';
import { type Cloud, type CloudOptions, startCloud } from '../../local/cloud/cloud';
import type { World } from '../../local/cloud/world';
import { type Json, callProvider } from './openapi-client';
import { keyOf } from './world';

export interface TestCloud {
  cloud: Cloud;
  /** Calls Resource Sharing (unless told otherwise) as an account's RAM user, with the official client. */
  call(
    accountId: string,
    action: string,
    parameters?: Record<string, unknown>,
    at?: CallPlace,
  ): Promise<Body>;
}

export type Body = { [key: string]: Json };

export interface CallPlace {
  regionId?: string;
  version?: string;
}

/** Starts a local cloud on a standing clock: time moves only by `wind`, for the cloud and for the client that signs. */
export async function startTestCloud(world: World, options: Partial<CloudOptions> = {}): Promise<TestCloud> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 10, 8) });
  const cloud = await startCloud({
    world,
    clock: { nowMs: () => Date.now() },
    rateLimits: 'off',
    ...options,
  });
  return {
    cloud,
    async call(
      accountId,
      action,
      parameters = {},
      { regionId = 'cn-hangzhou', version = '2020-01-10' } = {},
    ) {
      const endpoint = cloud.endpoints[regionId];
      if (endpoint === undefined) throw new Error(`The test cloud has no region ${regionId}.`);
      return (await callProvider(action, parameters, { endpoint, credentials: keyOf(accountId), version }))
        .body;
    },
  };
}

export async function stopTestCloud({ cloud }: TestCloud): Promise<void> {
  await cloud.close();
  vi.useRealTimers();
}

export function wind(byMs: number): void {
  vi.setSystemTime(Date.now() + byMs);
}

export const SECOND_MS = 1_000;
export const DAY_MS = 86_400_000;

/** Reads a list of objects out of an answer. */
export function rows(body: Body, field: string): Body[] {
  const list = body[field];
  if (!Array.isArray(list)) throw new Error(`The answer has no list ${field}: ${JSON.stringify(body)}`);
  return list as Body[];
}

/** Reads one object out of an answer. */
export function part(body: Body, field: string): Body {
  const value = body[field];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`The answer has no object ${field}: ${JSON.stringify(body)}`);
  }
  return value;
}

/** Reads a text out of an answer. */
export function text(body: Body, field: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw new Error(`The answer has no text ${field}: ${JSON.stringify(body)}`);
  return value;
}
