/** What goes wrong. `before` the effect the call changes nothing; `after` it, it did its work and the caller is not told. */
export type FaultKind =
  /** A Throttling code, status 400 unless told otherwise, with x-acs-retry-after. */
  | {
      kind: 'throttle';
      code?: 'Throttling' | 'Throttling.User' | 'Throttling.Api';
      status?: number;
      retryAfterMs?: number;
    }
  /** An error in the provider's own form, e.g. 503 ServiceUnavailable or 403 NoPermission. */
  | { kind: 'error'; status: number; code: string; message?: string; when?: 'before' | 'after' }
  /** A load balancer's page instead of JSON. */
  | { kind: 'html'; status?: number; when?: 'before' | 'after' }
  /** STS answers so when it is overloaded. */
  | { kind: 'redirect' }
  /** The connection stays open and no answer ever comes. */
  | { kind: 'timeout'; when: 'before' | 'after' }
  | { kind: 'reset'; when: 'before' | 'after' }
  /** The right answer, late. */
  | { kind: 'slow'; delayMs: number };

/** Which calls a fault hits: each field that is given must fit. */
export interface FaultMatch {
  product?: string;
  action?: string;
  accountId?: string;
  regionId?: string;
}

export interface FaultRule extends FaultMatch {
  fault: FaultKind;
  /** How many calls it hits before it is used up; left out = until it is switched off. */
  count?: number;
  /** How many matching calls pass unharmed first. */
  skip?: number;
}

export interface ActiveFault extends FaultRule {
  id: number;
  hits: number;
}

/** The faults that are switched on. */
export interface Faults {
  readonly active: readonly ActiveFault[];
  /** Switches a fault on; the id switches it off again. */
  add(rule: FaultRule): number;
  remove(id: number): boolean;
  clear(): void;
}

export function faultSwitchboard(): Faults & { take(call: Required<FaultMatch>): FaultKind | undefined } {
  const active: ActiveFault[] = [];
  let lastId = 0;
  const remove = (id: number): boolean => {
    const at = active.findIndex((fault) => fault.id === id);
    if (at !== -1) active.splice(at, 1);
    return at !== -1;
  };
  return {
    active,
    add(rule) {
      lastId += 1;
      active.push({ ...rule, id: lastId, hits: 0 });
      return lastId;
    },
    remove,
    clear: () => void active.splice(0),
    take(call) {
      for (const fault of active) {
        if (!hits(fault, call)) continue;
        if ((fault.skip ?? 0) > 0) {
          fault.skip = (fault.skip ?? 0) - 1;
          continue;
        }
        fault.hits += 1;
        if (fault.hits === fault.count) remove(fault.id);
        return fault.fault;
      }
      return undefined;
    },
  };
}

function hits(rule: FaultMatch, call: Required<FaultMatch>): boolean {
  return (
    (rule.product ?? call.product) === call.product &&
    (rule.action ?? call.action) === call.action &&
    (rule.accountId ?? call.accountId) === call.accountId &&
    (rule.regionId ?? call.regionId) === call.regionId
  );
}
