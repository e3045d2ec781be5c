/** One thing that the policy has against a wish. */
export interface PolicyReason {
  /** JSON pointer into the body of the request. */
  pointer: string;
  code:
    | 'denied'
    | 'not-allowed'
    | 'directory-unknown'
    | 'too-long'
    | 'reason-too-short'
    | 'ticket-needed'
    | 'ticket-unfit'
    | 'break-glass-refused';
  message: string;
}
