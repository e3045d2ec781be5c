/** What a region is to be filled with. */
export interface RegionPlan {
  regionId: string;
  /** The three characters that the region's resource ids begin with, as the provider does it. */
  idStart: string;
  snapshots: number;
  /** How many of them have outlived their retention, kept alive by a share that somebody forgot. */
  forgotten: number;
}
