import type { Clock } from '../clock';

/** Temporary credentials of a RAM role, as Function Compute puts them into the context of each invocation. */
export interface RoleCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken: string;
}

export interface FunctionHostOptions {
  /** Path of the s.yaml that is also deployed. */
  serverlessFile: string;
  /** What `${env('NAME', 'default')}` in s.yaml reads; told where the InvokeFunction API came to listen. */
  environment: Record<string, string> | ((apiUrl: string) => Record<string, string>);
  clock: Clock & { readonly offsetMs: number; onWind(listener: (offsetMs: number) => void): () => void };
  /** The account and region that the functions run in. */
  accountId: string;
  regionId: string;
  /** Fresh credentials of the functions' role; asked again before they expire. */
  roleCredentials: () => RoleCredentials;
  /** Whether an AccessKey id may call InvokeFunction, and its secret. */
  secretOf: (accessKeyId: string) => string | undefined;
  /** Port of the InvokeFunction API and of the controls; 0 = any free port. */
  apiPort: number;
  /** Port of each HTTP function by name; missing or 0 = any free port. */
  httpPorts?: Record<string, number>;
  /** false = timers fire by hand only, until `startSchedules`. */
  schedules: boolean;
  /** true = a bundle that changed on disk is loaded by the next instance. */
  reload: boolean;
  /** Receives every line that a function or the host would write to the log service. */
  log: (functionName: string, line: string) => void;
}

export interface InvocationResult {
  requestId: string;
  /** What the function returned, as bytes. */
  payload: Buffer;
  /** X-Fc-Error-Type, e.g. 'UnhandledInvocationError'; undefined when the function returned. */
  errorType: string | undefined;
  durationMs: number;
}

export interface FunctionHost {
  /** `http://127.0.0.1:<port>` of the InvokeFunction API. */
  readonly apiUrl: string;
  /** The address of an HTTP function, as its trigger would have one. */
  httpUrl(functionName: string): string;
  readonly functionNames: readonly string[];
  invoke(functionName: string, payload: Buffer): Promise<InvocationResult>;
  /** Fires a timer trigger now, as if it were `timeMs` (default: the clock's now); resolves when that run has ended. */
  fireTimer(functionName: string, triggerName: string, timeMs?: number): Promise<InvocationResult>;
  /** From now on timers fire by themselves too. */
  startSchedules(): void;
  /** Resolves when no asynchronous event is waiting or running. */
  idle(): Promise<void>;
  /** Kills every instance of a function as a crashing machine would (SIGKILL). */
  killInstances(functionName: string): void;
  stop(): Promise<void>;
}
