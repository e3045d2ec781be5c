import type { Ran } from './run';

/** How often each thing happened over all runs. */
export class Coverage {
  readonly #counts = new Map<string, number>();
  steps = 0;

  add({ positions, taken }: Ran): void {
    for (const [name, position] of Object.entries(positions)) this.#count(`switch ${name}=${position}`);
    for (const { step, came } of taken) {
      this.steps += 1;
      const kind = step.do === 'poll' ? `poll ${step.how.is}` : step.do;
      this.#count(`step  ${kind}: ${came.replace(/, .*/, '')}`);
      if (step.do !== 'poll' || step.how.is !== 'faults') continue;
      for (const { action, fault } of step.how.faults) {
        const when = 'when' in fault && fault.when !== undefined ? ` ${fault.when}` : '';
        this.#count(`fault ${fault.kind}${when} at ${action ?? 'any'}`);
      }
    }
  }

  lines(): string[] {
    return [...this.#counts].map(([what, count]) => `${what}: ${count}`).sort();
  }

  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}
