/** What an installation decides about preflight. */
export interface PreflightSettings {
  /** Whether a request is refused when something that a refusing rule has to know could not be read. */
  unknownBlocks: boolean;
  /** Whether anything may be shared with accounts outside the directory. */
  externalSharing: boolean;
  /** Quotas of the owner accounts; adjustable at the provider, and no API that is documented tells them. */
  sharesPerAccountMax: number;
  sharedResourcesPerAccountMax: number;
}

/** Resource Management limits: 1,000 shares and 1,000 shared resources for an account. */
export const DEFAULT_PREFLIGHT_SETTINGS: PreflightSettings = {
  unknownBlocks: false,
  externalSharing: true,
  sharesPerAccountMax: 1_000,
  sharedResourcesPerAccountMax: 1_000,
};
