/** The error codes of Tablestore that this server answers, with their HTTP status. */
const statusOf = {
  OTSAuthFailed: 403,
  OTSConditionCheckFail: 403,
  OTSQuotaExhausted: 403,
  OTSObjectNotExist: 404,
  OTSMethodNotAllowed: 405,
  OTSRequestTimeout: 408,
  OTSObjectAlreadyExist: 409,
  OTSRowOperationConflict: 409,
  OTSRequestBodyTooLarge: 413,
  OTSParameterInvalid: 400,
  OTSInvalidPK: 400,
  OTSSessionNotExist: 400,
  OTSInternalServerError: 500,
  OTSServerUnavailable: 503,
} as const;

export type RefusalCode = keyof typeof statusOf;

/** A request that Tablestore would refuse: its documented code, HTTP status and message. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly status: number;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
    this.status = statusOf[code];
  }
}

export function invalid(message: string): Refusal {
  return new Refusal('OTSParameterInvalid', message);
}

export function conditionFailed(): Refusal {
  return new Refusal('OTSConditionCheckFail', 'Condition check failed.');
}

export function conflict(): Refusal {
  return new Refusal('OTSRowOperationConflict', 'Data is being modified by the other request.');
}

export function noSuchTable(): Refusal {
  return new Refusal('OTSObjectNotExist', 'Requested table does not exist.');
}
