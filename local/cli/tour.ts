import { apiClient, type ApiClient } from './api-client';
import type { Laptop } from './laptop';
import { castOf, type Cast } from './tour-cast';
import { STEPS } from './tour-steps';

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

/** Walks through the main job and tells each step. Answers whether every step came out as promised. */
export async function takeTour(laptop: Laptop, tell: (line: string) => void): Promise<boolean> {
  const tour: Tour = {
    laptop,
    cast: castOf(laptop),
    call: apiClient(laptop.host.httpUrl('share-api'), laptop.issuer),
    requestId: '',
    toldCalls: laptop.cloud.calls.records.at(-1)?.sequence ?? 0,
  };
  for (const [at, step] of STEPS.entries()) {
    tell(`${String(at + 1).padStart(2)}. ${step.title(tour)}`);
    try {
      for (const line of await step.take(tour)) tell(`      ${line}`);
    } catch (error) {
      tell(`      FAILED: ${error instanceof TourFailure ? error.message : String(error)}`);
      if (error instanceof Error && !(error instanceof TourFailure) && error.stack !== undefined)
        tell(error.stack);
      return false;
    }
  }
  return true;
}

/** Stops the tour unless what was promised holds. */
export function promise(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new TourFailure(otherwise);
}
