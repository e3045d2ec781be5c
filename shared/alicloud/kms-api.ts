/** KMS 2016-01-20 as far as it is called here. */
export interface KmsApi {
  DescribeKey(request: { KeyId: string }): { KeyMetadata: { KeyId: string; KeyState: string } };
  /** Answers the aliases with the `alias/` that each begins with. */
  ListAliasesByKeyId(request: { KeyId: string; PageNumber?: number; PageSize?: number }): {
    TotalCount: number;
    Aliases: { Alias: { AliasName: string }[] };
  };
}
