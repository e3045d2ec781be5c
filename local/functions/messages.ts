import type { RoleCredentials } from './contract';

/** What the host and an instance say to each other over Node's IPC channel (advanced serialization keeps Buffers). */
export type ToInstance =
  /** How far the clock is ahead of the machine's; shift-date.ts listens to it too. */
  | { kind: 'clock'; offsetMs: number }
  | { kind: 'run'; step: Step; handler: string; event: Buffer | null; context: ContextData };

/** `initialize` and `preStop` are lifecycle hooks: they take the context alone. */
export type Step = keyof typeof stepNames;

/** As the log names them: `FC Invoke Start RequestId: …`. */
export const stepNames = { initialize: 'Initialize', invoke: 'Invoke', preStop: 'PreStop' } as const;

export type FromInstance =
  /** The program of the instance runs and listens. */
  | { kind: 'started' }
  | {
      kind: 'ended';
      requestId: string;
      outcome: Outcome;
      /** What would go on running if the instance were not frozen, e.g. ['Timeout']. */
      leftOver: string[];
      memoryMb: number;
    };

export type Outcome =
  | { kind: 'returned'; payload: Buffer }
  /** `handled`: given to the callback; otherwise thrown or rejected. */
  | { kind: 'failed'; handled: boolean; body: ErrorBody };

/** The JSON that Function Compute answers for a function that failed. */
export interface ErrorBody {
  errorMessage: string;
  errorType?: string;
  stackTrace?: string[];
}

/** The part of the context that is plain data; the instance adds the logger. */
export interface ContextData {
  requestId: string;
  credentials: RoleCredentials;
  function: { name: string; handler: string; memory: number; timeout: number };
  /** Function Compute 3.0 has no services, so `name` is empty. */
  service: { name: string; logProject: string; logStore: string; qualifier: string; versionId: string };
  region: string;
  accountId: string;
  retryCount: number;
  tracing: Record<string, never>;
}
