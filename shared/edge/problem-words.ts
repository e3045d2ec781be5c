import type { FieldProblem } from '../flow/refusal';

/** What a refusal is called, in words for a person, and what goes with it. */
export interface Words {
  title: string;
  detail: string;
  nextStep: string;
  errors?: FieldProblem[];
  confirm?: string;
  headers?: Record<string, string>;
}
