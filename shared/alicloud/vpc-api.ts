/** VPC 2016-04-28 as far as it is called here. */
export interface VpcApi {
  DescribeVSwitches(request: {
    RegionId: string;
    /** Several ids are joined by commas. */
    VSwitchId?: string;
    PageNumber?: number;
    /** At most 50. */
    PageSize?: number;
  }): {
    TotalCount: number;
    VSwitches: { VSwitch: VSwitch[] };
  };
}

export interface VSwitch {
  VSwitchId: string;
  VSwitchName: string;
  VpcId: string;
  OwnerId: number;
  ZoneId: string;
  CidrBlock: string;
  AvailableIpAddressCount: number;
}
