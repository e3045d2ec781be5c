/** The package has no types; this is the part of it that sends raw calls. */
declare module '@alicloud/fc2' {
  interface Answer {
    headers: Record<string, string>;
    data: unknown;
  }

  export default class Client {
    constructor(
      accountId: string,
      config: { accessKeyID: string; accessKeySecret: string; region: string; endpoint?: string },
    );
    static getSignature(
      accessKeyId: string,
      accessKeySecret: string,
      method: string,
      path: string,
      headers: Record<string, string>,
    ): string;
    version: string;
    get(path: string): Promise<Answer>;
    post(path: string, body: Buffer | string, headers: Record<string, string>): Promise<Answer>;
  }
}
