/** RAM 2015-05-01 as far as it is called here. */
export interface RamApi {
  GetRole(request: { RoleName: string }): {
    Role: {
      RoleName: string;
      /** The trust policy, as JSON text. */
      AssumeRolePolicyDocument: string;
    };
  };
}
