import { apiClient } from './api-client';
import type { Laptop } from './laptop';
import { castOf } from './tour-cast';
import { TourFailure, type Tour } from './tour-promise';
import { STEPS } from './tour-steps';

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
