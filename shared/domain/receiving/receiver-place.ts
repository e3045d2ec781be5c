/** An account that receives, in one region. */
export interface ReceiverPlace {
  accountId: string;
  regionId: string;
}
