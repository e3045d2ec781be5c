import type { NewEvent, StreamEvent } from '../domain/audit/event';
import type { Directory } from '../domain/directory/directory';
import type { Finding } from '../domain/findings/finding';
import type { ReceivedInvitation } from '../domain/receiving/invitation';
import type { SharedToUs } from '../domain/receiving/received';
import type { Done, ReceiverCall, ReceiverOutcome, ReceiverWrite } from '../domain/receiving/receiver-write';
import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import type { Seen, SeenDeploymentSet, SeenImage, SeenSnapshot, SeenVSwitch } from '../domain/receiving/seen';
import type { Ledger } from '../domain/sharing/ledger';
import type { Observation } from '../domain/sharing/observation';
import type { CallOutcome, ProviderCall } from '../domain/sharing/provider-call';
import type { PolicyPointer, PolicyVersion } from '../domain/sharing/policy/policy';
import type { ShareRequest } from '../domain/sharing/request';
import type { ManagedShare } from '../domain/sharing/resource-share';
import type { Place } from '../domain/sharing/resource';
import type { WebhookEndpoint } from '../domain/webhooks/endpoint';
import type { SweepReport } from '../domain/findings/sweep';
import type { KnownDirectory } from '../domain/directory/known-directory';
import type { KeyedCall } from './keyed-call';

/** What a flow knows of time. Domain functions get a number; only flows hold this. */
export interface Clock {
  nowMs(): number;
}

// ── State ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The aggregates: one row each, written whole by one conditional write together with its events. */
export interface Documents {
  request: ShareRequest;
  ledger: Ledger;
  'resource-share': ManagedShare;
  directory: KnownDirectory;
  finding: Finding;
  sweep: SweepReport;
  'receiver-write': ReceiverWrite;
  'webhook-endpoint': WebhookEndpoint;
  policy: PolicyVersion;
  'policy-pointer': PolicyPointer;
}
export type Kind = keyof Documents;

/** A document as it was read; `version` is what the next write must find unchanged. */
export interface Stored<Doc> {
  doc: Doc;
  version: number;
}

export interface Change<Doc> {
  doc: Doc;
  events: NewEvent[];
  /** Lists that shall name this aggregate. Written before it, so an entry is a hint: re-read the aggregate. */
  lists?: ListEntry[];
  /** Lists that it leaves. Taken out after it was written, so an entry may stay: still only a hint. */
  leaves?: ListEntry[];
  /** When somebody should look at this aggregate again. Written before it as well. */
  due?: { queue: DueQueueName; dueMs: number }[];
}

export interface Aggregates {
  load<K extends Kind>(kind: K, id: string): Promise<Stored<Documents[K]> | null>;
  /** Those that exist, by id. Any number of ids. */
  loadMany<K extends Kind>(kind: K, ids: readonly string[]): Promise<Map<string, Stored<Documents[K]>>>;
  /**
   * Writes document and events at once if the aggregate is still as read (`over` = null: if there is none).
   * 'conflict' = somebody else wrote first, and nothing of this write is there.
   */
  save<K extends Kind>(
    kind: K,
    id: string,
    over: Stored<Documents[K]> | null,
    change: Change<Documents[K]>,
  ): Promise<'saved' | 'conflict'>;
}

export interface ListEntry {
  /** Which list, e.g. `requests` or `ledgers/<place>`. */
  list: string;
  /** Entries stand in this order (by UTF-8 bytes). */
  sort: string;
}

export interface Lists {
  /** Ids of aggregates, in order; `next` continues after the last one, null = that was all. `limit` is at most 1,000. */
  page(
    list: string,
    options: { limit: number; after?: string; newestFirst?: boolean },
  ): Promise<{ ids: string[]; next: string | null }>;
}

export type DueQueueName = 'requests' | 'receiver-writes';

export interface DueEntry {
  queue: DueQueueName;
  dueMs: number;
  id: string;
}

export interface DueQueue {
  /** Entries whose time has come, oldest first. */
  due(queue: DueQueueName, nowMs: number, limit: number): Promise<DueEntry[]>;
  /** Takes an entry out, when its aggregate needs nothing more at that time. */
  done(entry: DueEntry): Promise<void>;
}

/** Keeps two runs from doing the same work at once; correctness never rests on it. */
export interface Leases {
  /** Runs `work` while holding the lease, or answers 'held' when another run has it. Given back at the end, or after `ttlMs`. */
  holding<T>(
    name: string,
    ttlMs: number,
    work: () => Promise<T>,
  ): Promise<{ is: 'done'; value: T } | { is: 'held' }>;
}

/** What is written down of calls that came with a key. `mark` names the write that a row is from. */
export interface KeyedCalls {
  load(scope: string): Promise<{ call: KeyedCall; mark: string } | null>;
  /** Writes over the row with `overMark` (null = there is none) and answers the new mark, or null when it is another. */
  write(scope: string, overMark: string | null, call: KeyedCall): Promise<string | null>;
  /** Takes the row out while it has this mark. */
  forget(scope: string, mark: string): Promise<void>;
}

/** Events that were written with their aggregate and still have to be relayed. */
export interface Outbox {
  /** Streams that may have such events. A hint: most are clean again. */
  dirtyStreams(limit: number): Promise<DirtyStream[]>;
  pending(stream: string): Promise<StreamEvent[]>;
  /** Says that the events up to `number` are relayed. Later ones stay. */
  relayed(stream: string, upToNumber: number): Promise<void>;
  /** Takes the hint out if nobody renewed it since it was read. */
  forget(dirty: DirtyStream): Promise<void>;
}

export interface DirtyStream {
  stream: string;
  /** When the hint was last written. */
  markedMs: number;
  mark: string;
}

/** Every event there ever was, by stream and number. */
export interface EventLog {
  /** Adds events that may be there already. */
  append(events: readonly StreamEvent[]): Promise<void>;
  read(stream: string, fromNumber: number, limit: number): Promise<StreamEvent[]>;
}

/** Events that still have to reach an endpoint. */
export interface DeliveryQueue {
  /** Adds deliveries that may be there already. */
  enqueue(endpointId: string, events: readonly StreamEvent[]): Promise<void>;
  /** Streams of which something waits, by name, each with when its first delivery is due. `next` = go on after it. */
  streams(
    endpointId: string,
    options: { limit: number; after?: string },
  ): Promise<{ streams: WaitingStream[]; next: string | null }>;
  /** The first waiting deliveries of a stream, by number. None that was added before one of these is missing. */
  waiting(endpointId: string, stream: string, limit: number): Promise<Delivery[]>;
  /** Writes down an attempt; a delivered or abandoned one leaves the queue and stays in the log. */
  attempted(delivery: Delivery, attempt: DeliveryAttempt): Promise<void>;
  /** The newest attempts of an endpoint. */
  log(endpointId: string, limit: number): Promise<LoggedAttempt[]>;
}

export interface WaitingStream {
  stream: string;
  nextAttemptMs: number;
}

export interface Delivery {
  endpointId: string;
  event: StreamEvent;
  attempts: number;
  nextAttemptMs: number;
}

export interface DeliveryAttempt {
  atMs: number;
  latencyMs: number;
  outcome:
    | { is: 'delivered'; status: number }
    | { is: 'failed'; status: number | null; why: string; nextAttemptMs: number }
    | { is: 'abandoned'; status: number | null; why: string };
}

export interface LoggedAttempt extends DeliveryAttempt {
  endpointId: string;
  eventId: string;
  eventType: string;
  stream: string;
  number: number;
}

// ── The provider ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Reads and writes of one owner account in one region. Reads throw a ProviderError; writes answer their outcome. */
export interface SharingProvider {
  /** All shares we own here with their associations, and who may use `imageIds`. */
  observe(place: Place, imageIds: readonly string[]): Promise<Observation>;
  apply(place: Place, call: ProviderCall): Promise<CallOutcome>;
}

/**
 * What others share with one of our accounts in one region, and what that account makes of it. Reads throw a
 * ProviderError, and find null where the account sees nothing of that id; `make` answers its outcome.
 */
export interface ReceivingProvider {
  /** Every invitation that is kept, answered ones too. */
  invitations(place: ReceiverPlace): Promise<ReceivedInvitation[]>;
  invitation(place: ReceiverPlace, invitationId: string): Promise<ReceivedInvitation | null>;
  /** What Resource Sharing lists, and what the products show of that. */
  received(place: ReceiverPlace): Promise<{ shared: SharedToUs[]; seen: Seen[] }>;
  snapshot(place: ReceiverPlace, snapshotId: string): Promise<SeenSnapshot | null>;
  image(place: ReceiverPlace, imageId: string): Promise<SeenImage | null>;
  deploymentSet(place: ReceiverPlace, deploymentSetId: string): Promise<SeenDeploymentSet | null>;
  vSwitch(place: ReceiverPlace, vSwitchId: string): Promise<SeenVSwitch | null>;
  /** Makes one write, once. The same `token` makes the same thing once, where the provider takes tokens. */
  make(place: ReceiverPlace, call: ReceiverCall, token: string): Promise<ReceiverOutcome>;
  /** Whether a write of which nobody knows had its effect: what it did, or null when nothing of it is to be seen. */
  find(place: ReceiverPlace, call: ReceiverCall, token: string): Promise<Done | null>;
}

export interface DirectoryReader {
  /** The whole directory, or 'none' when the account is in none. Throws a ProviderError when a page is missing. */
  read(): Promise<{ is: 'directory'; directory: Directory } | { is: 'none' }>;
}

export interface SnapshotReader {
  /** Ids of snapshots that the account shares out in this region. */
  sharedSnapshotIds(place: Place): Promise<Set<string>>;
  /** Every snapshot of the account in this region, page by page. */
  snapshots(place: Place): AsyncIterable<SnapshotFacts[]>;
  /** Billed size of the chains of these disks. */
  chains(place: Place, diskIds: readonly string[]): Promise<Map<string, ChainFacts>>;
}

export interface SnapshotFacts {
  snapshotId: string;
  snapshotName: string;
  creationMs: number;
  /** null = kept for ever (the provider sends nothing, 0 or -1). */
  retentionDays: number | null;
  sourceDiskId: string;
  sourceDiskSizeGiB: number;
  /** null when the provider does not tell. */
  fullSizeBytes: number | null;
  category: string;
  snapshotLinkId: string;
}

export interface ChainFacts {
  snapshotLinkId: string;
  sourceDiskId: string;
  totalBytes: number;
  snapshotCount: number;
}

/** Three kinds of bad news from outside, and what each means for the caller. */
export class ProviderError extends Error {
  /** 'refused' is final; 'try-again' may work after `afterMs`; 'unknown' = it may have happened: look before repeating. */
  readonly kind: 'refused' | 'try-again' | 'unknown';
  readonly code: string;
  readonly requestId: string;
  readonly afterMs: number;

  constructor(
    kind: ProviderError['kind'],
    facts: { code: string; message: string; requestId?: string; afterMs?: number; cause?: unknown },
  ) {
    super(facts.message, { cause: facts.cause });
    this.name = 'ProviderError';
    this.kind = kind;
    this.code = facts.code;
    this.requestId = facts.requestId ?? '';
    this.afterMs = facts.afterMs ?? 0;
  }
}

/** Starts another of our functions without waiting for it. Losing a wake costs a minute: the timers come anyway. */
export interface Wake {
  (functionName: 'invitation-poller' | 'webhook-dispatcher'): Promise<void>;
}

// ── Webhooks ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** The guarded way out: checked addresses only, bounded in time and size. */
export interface Outgoing {
  post(url: string, headers: Record<string, string>, body: string): Promise<OutgoingAnswer>;
}

export type OutgoingAnswer =
  | { is: 'answered'; status: number; retryAfterMs: number | null }
  /** `permanent` = the address itself is refused and will always be. */
  | { is: 'failed'; why: string; permanent: boolean };

/** How many milliseconds this run may still use. Work stops and leaves the rest to the next run before it is 0. */
export interface TimeLeft {
  (): number;
}
