/** An act that names an account, folder, set or instance that the world does not have. */
export class UnknownPlace extends Error {
  constructor(what: string, id: string) {
    super(`This world has no ${what} ${id}.`);
    this.name = 'UnknownPlace';
  }
}
