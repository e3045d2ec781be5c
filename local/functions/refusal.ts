/** Function Compute says no: its HTTP status, its code, and words for a person. */
export class FcRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'FcRefusal';
    this.status = status;
    this.code = code;
  }
}

/** The body of a refusal, as Function Compute 3.0 answers it. */
export function refusalBody(refusal: FcRefusal, requestId: string): Buffer {
  return Buffer.from(JSON.stringify({ RequestId: requestId, Code: refusal.code, Message: refusal.message }));
}
