import type { FunctionHost, FunctionHostOptions } from './contract';
import { answerControl } from './controls';
import { serveHttpTrigger } from './http-trigger';
import { newRequestId } from './ids';
import { answerApiCall } from './invoke-api';
import { builtPrograms, type InstancePrograms } from './programs';
import { FcRefusal } from './refusal';
import { runFunctions, type RunningFunctions } from './running-functions';
import { readServerlessFile } from './serverless-file';
import { serveLoopback, type WebServer } from './web-server';

/**
 * Runs the functions of s.yaml as Function Compute 3.0 would, each instance in a process of its own.
 * `programs` are the compiled programs of an instance; `npm run build:local` builds the ones used by default.
 *
 * @throws ServerlessFileMistakes when s.yaml cannot be run as it stands.
 */
export async function startFunctionHost(
  options: FunctionHostOptions,
  programs: InstancePrograms = builtPrograms(),
): Promise<FunctionHost> {
  const { clock } = options;
  const nowMs = () => clock.nowMs();
  const requestId = () => newRequestId(nowMs());

  const servers: WebServer[] = [];
  const httpUrls = new Map<string, string>();
  let running: RunningFunctions | undefined;
  const stop = async () => {
    await Promise.all(servers.map((server) => server.close()));
    await running?.stop();
  };
  try {
    const api = await serveLoopback(options.apiPort, nowMs, requestId, (request, id) => {
      if (running === undefined) throw new FcRefusal(503, 'ServiceUnavailable', 'the functions are starting');
      const url = request.url ?? '/';
      return url.startsWith('/__fc/')
        ? answerControl(request.method ?? 'GET', url, running)
        : answerApiCall(request, id, options, running);
    });
    servers.push(api);
    const environment =
      typeof options.environment === 'function' ? options.environment(api.url) : options.environment;
    const settings = readServerlessFile(options.serverlessFile, environment, options.accountId);
    const functions = runFunctions(settings, options, programs);
    running = functions;
    for (const { functionName, triggers } of settings) {
      for (const trigger of triggers) {
        if (trigger.triggerType !== 'http') continue;
        const port = options.httpPorts?.[functionName] ?? 0;
        const server = await serveHttpTrigger(trigger, port, options, {
          invoke: (id, payload) => functions.invoke(functionName, id, payload),
          enqueue: (id, payload, delayMs) => functions.enqueue(functionName, id, payload, delayMs),
        });
        servers.push(server);
        httpUrls.set(functionName, server.url);
      }
    }
    return {
      apiUrl: api.url,
      httpUrl(functionName) {
        const url = httpUrls.get(functionName);
        if (url === undefined)
          throw new FcRefusal(404, 'TriggerNotFound', `${functionName} has no HTTP trigger`);
        return url;
      },
      functionNames: functions.names,
      invoke: (functionName, payload) => functions.invoke(functionName, requestId(), payload),
      fireTimer: (functionName, triggerName, timeMs) =>
        functions.fireTimer(functionName, triggerName, timeMs),
      startSchedules: functions.startSchedules,
      idle: functions.idle,
      killInstances: functions.kill,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
