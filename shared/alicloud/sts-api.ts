/** STS 2015-04-01 as far as it is called here. */
export interface StsApi {
  AssumeRole(request: {
    /** `acs:ram::<account>:role/<name>`. */
    RoleArn: string;
    /** 2 to 64 characters; it stands in the other account's audit trail. */
    RoleSessionName: string;
    /** 900 up to the role's own maximum. */
    DurationSeconds?: number;
  }): {
    RequestId: string;
    Credentials: {
      AccessKeyId: string;
      AccessKeySecret: string;
      SecurityToken: string;
      Expiration: string;
    };
  };
}
