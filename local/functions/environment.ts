import { tmpdir } from 'node:os';
import type { RoleCredentials } from './contract';
import type { FunctionSettings } from './serverless-file';

/** What an instance finds in process.env: s.yaml's variables and Function Compute's own, and nothing of this machine's. */
export function instanceEnvironment(
  settings: FunctionSettings,
  where: { accountId: string; regionId: string; instanceId: string },
  credentials: RoleCredentials,
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    // Not the person's own: a function must not find ~/.aliyun or ~/.npmrc, which the service does not have either.
    HOME: tmpdir(),
    // Where a function does not say TZ, Function Compute's containers tell China's time.
    TZ: 'Asia/Shanghai',
    ...settings.environmentVariables,
    FC_FUNC_CODE_PATH: settings.codeFolder,
    FC_ACCOUNT_ID: where.accountId,
    FC_FUNCTION_HANDLER: settings.handler,
    FC_FUNCTION_MEMORY_SIZE: String(settings.memorySize),
    FC_FUNCTION_NAME: settings.functionName,
    FC_REGION: where.regionId,
    FC_CUSTOM_LISTEN_PORT: '9000',
    FC_INSTANCE_ID: where.instanceId,
    FC_VER_ID: 'LATEST',
    FC_FUNCTION_VERSION: 'LATEST',
    ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: credentials.securityToken,
  };
}
