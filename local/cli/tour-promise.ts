import type { ApiClient } from './api-client';
import type { Laptop } from './laptop';
import type { Cast } from './tour-cast';

/** What the steps of a tour share: the laptop, the people, and what an earlier step learned. */
export interface Tour {
  laptop: Laptop;
  cast: Cast;
  call: ApiClient;
  /** The request that the tour is about. */
  requestId: string;
  /** Calls at the provider before this one have been told. */
  toldCalls: number;
}

export interface Step {
  title: (tour: Tour) => string;
  /** Does the step and answers what to tell of it. Throws a TourFailure when it did not come out as promised. */
  take: (tour: Tour) => Promise<string[]>;
}

export class TourFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TourFailure';
  }
}

/** Stops the tour unless what was promised holds. */
export function promise(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new TourFailure(otherwise);
}
