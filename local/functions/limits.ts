/** Function Compute's limits and defaults, each with its unit; HTTP trigger and quota pages of Function Compute 3.0. */

export const ENVIRONMENT_LIMIT_BYTES = 4 * 1024;
export const HEADERS_LIMIT_BYTES = 8 * 1024;
export const PATH_AND_QUERY_LIMIT_BYTES = 4 * 1024;
export const SYNC_PAYLOAD_LIMIT_BYTES = 32 * 1024 * 1024;
export const ASYNC_PAYLOAD_LIMIT_BYTES = 128 * 1024;
export const ASYNC_DELAY_LIMIT_SECONDS = 3600;

export const ACCOUNT_INSTANCES = 100;
export const TIMEOUT_DEFAULT_SECONDS = 3;
export const TIMEOUT_LIMIT_SECONDS = 86_400;
export const HOOK_TIMEOUT_DEFAULT_SECONDS = 3;
export const HOOK_TIMEOUT_LIMIT_SECONDS = 300;
export const MEMORY_DEFAULT_MB = 512;

export const ASYNC_RETRIES_DEFAULT = 3;
export const ASYNC_RETRIES_LIMIT = 8;
export const ASYNC_AGE_DEFAULT_SECONDS = 5 * 3600;
export const ASYNC_AGE_LIMIT_SECONDS = 604_800;
/** The first wait of the exponential back-off; it doubles up to the last. */
export const FIRST_BACK_OFF_MS = 500;
export const LAST_BACK_OFF_MS = 60_000;

/** How far a signed request's date may be from the clock, either way. */
export const DATE_SKEW_LIMIT_MS = 15 * 60_000;

/** Ours, not Function Compute's: when a laptop gets back the memory of an instance that nobody calls. */
export const IDLE_INSTANCE_LIMIT_MS = 5 * 60_000;
/** Ours: an event beyond this many waiting is refused as throttled instead of growing without end. */
export const WAITING_EVENTS_LIMIT = 10_000;
