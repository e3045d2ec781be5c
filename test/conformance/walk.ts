import type { ProviderAnswer } from '../kit/openapi-client';

/** One answered call. */
export interface Answered {
  product: string;
  action: string;
  answer: ProviderAnswer;
}

/** A walk through the actions: each call is kept with its answer. */
export interface Walk {
  answered: Answered[];
  call: (by: string, product: string, action: string, parameters: object) => Promise<ProviderAnswer['body']>;
  wait: () => void;
}
