import OpenApi, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import * as $dara from '@darabonba/typescript';

/** The official generic client, pointed at a local endpoint: what the typed packages do underneath. */
export interface CallOptions {
  endpoint: string;
  credentials: { accessKeyId: string; accessKeySecret: string; securityToken?: string };
  version: string;
  /** 'v2' signs in the legacy RPC way. */
  signatureAlgorithm?: 'v2';
  readTimeoutMs?: number;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface ProviderAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: { [key: string]: Json };
}

/** Calls one action; provider errors come as the official client throws them (`code`, `statusCode`, `data`). */
export async function callProvider(
  action: string,
  parameters: Record<string, unknown>,
  options: CallOptions,
): Promise<ProviderAnswer> {
  const config = new $OpenApiUtil.Config({
    ...options.credentials,
    type: options.credentials.securityToken === undefined ? 'access_key' : 'sts',
    endpoint: options.endpoint.replace('http://', ''),
    protocol: 'HTTP',
    regionId: 'cn-hangzhou',
    readTimeout: options.readTimeoutMs ?? 5_000,
    ...(options.signatureAlgorithm === undefined ? {} : { signatureAlgorithm: options.signatureAlgorithm }),
  });
  const params = new $OpenApiUtil.Params({
    action,
    version: options.version,
    protocol: 'HTTPS',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  const request = new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(parameters) });
  const client = new OpenApi(config);
  return (await client.callApi(params, request, new $dara.RuntimeOptions({}))) as unknown as ProviderAnswer;
}

/** The code of the provider's refusal, or 'OK'. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'OK';
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error
      ? String(error.code)
      : String(error);
  }
}
