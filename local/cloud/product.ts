import type { World } from './world';

/** Who signed a call, as the signature and the token prove it. */
export interface Caller {
  accountId: string;
  identityType: 'Account' | 'RAMUser' | 'AssumedRoleUser';
  arn: string;
  principalId: string;
}

/** One authenticated call with its parameters parsed, un-flattened (`Targets.1` became a list) and checked. */
export interface Call {
  caller: Caller;
  /** The region of the endpoint that was called: Resource Sharing has no other way to tell. */
  regionId: string;
  parameters: Parameters;
  nowMs: number;
  world: World;
  /** An id nobody has yet, e.g. `newId('rs-')`. */
  newId(prefix: string): string;
  /** The position of a switch for something that the documents leave open. */
  switchAt(name: string): string;
}

export type Parameters = Record<string, ParameterValue | undefined>;
export type ParameterValue = string | number | boolean | ParameterValue[] | { [key: string]: ParameterValue };

/** The documented type and limits of one parameter. The gateway refuses what does not fit before the action runs. */
export type ParameterSpec =
  | { type: 'string'; required?: true; minLength?: number; maxLength?: number; enum?: readonly string[] }
  | { type: 'integer'; required?: true; minimum?: number; maximum?: number }
  | { type: 'boolean'; required?: true }
  /** A list on the wire: `Name.1`, `Name.2`; with `fields`, `Name.1.Field`. */
  | {
      type: 'list';
      required?: true;
      maxItems?: number;
      /** Refuse an item that is there twice. */
      unique?: true;
      fields?: Record<string, ParameterSpec>;
    }
  /** One group of fields on the wire: `Name.Field`. */
  | { type: 'object'; required?: true; fields: Record<string, ParameterSpec> }
  /** A JSON array of strings inside one string, as ECS takes its ids. */
  | { type: 'json-list'; required?: true };

export interface Action {
  parameters: Record<string, ParameterSpec>;
  /** Calls a second for one account in one region; above it the answer is a Throttling code. */
  ratePerSecond: number;
  /** Answers the body without RequestId, or throws a ProviderRefusal. The world changes only here. */
  run(call: Call): Record<string, unknown>;
}

export interface Product {
  name: string;
  version: string;
  actions: Record<string, Action>;
  /** The product lives in regions only: the endpoint without a region does not know it. */
  isRegional?: true;
  /** How the product words its refusal of a parameter; without it, as Resource Sharing and RAM do. */
  refuseParameter?: (problem: ParameterProblem) => ProviderRefusal;
}

/** What is wrong with one parameter, before the action has seen it. */
export interface ParameterProblem {
  name: string;
  problem: 'missing' | 'invalid' | 'too-long' | 'too-many' | 'duplicate';
  /** The documented limit that was passed, in characters or items. */
  limit?: number;
}

/** The provider says no, with its own status, code and message. */
export class ProviderRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ProviderRefusal';
    this.status = status;
    this.code = code;
  }
}
