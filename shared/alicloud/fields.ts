import { ProviderError } from '../flow/ports';

type Name<Shape> = keyof Shape & string;
type Inside<Value> = NonNullable<Value> extends readonly (infer Item)[] ? Item : NonNullable<Value>;

/**
 * Reads an answer field by field, and says where it is not what was agreed. `Shape` names the fields that there are;
 * whether they are there, and what is in them, only the answer knows.
 *
 * Every reader throws a ProviderError 'unknown' with the code UnexpectedAnswer, the action and the field: what was not
 * understood is never taken for nothing.
 */
export class Fields<Shape> {
  readonly #where: string;
  readonly #values: Record<string, unknown>;

  /** `where` names the answer in errors, e.g. `ListAccounts`. */
  constructor(where: string, value: unknown) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw unexpected(where, 'is not an object');
    }
    this.#where = where;
    this.#values = { ...value };
  }

  text(name: Name<Shape>): string {
    const value = this.#values[name];
    if (typeof value !== 'string') throw this.wrong(name, 'is not a string');
    return value;
  }

  textOr(name: Name<Shape>, otherwise: string): string {
    return this.has(name) ? this.text(name) : otherwise;
  }

  /** A number, or a string that holds one: ECS sends some sizes so. */
  number(name: Name<Shape>): number {
    const value = this.#values[name];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw this.wrong(name, 'is not a number');
    return number;
  }

  numberOr<Otherwise>(name: Name<Shape>, otherwise: Otherwise): number | Otherwise {
    return this.has(name) ? this.number(name) : otherwise;
  }

  flag(name: Name<Shape>): boolean {
    const value = this.#values[name];
    if (typeof value !== 'boolean') throw this.wrong(name, 'is not a boolean');
    return value;
  }

  flagOr(name: Name<Shape>, otherwise: boolean): boolean {
    return this.has(name) ? this.flag(name) : otherwise;
  }

  /** A time such as `2020-12-07T07:39:01.818Z`, as it was sent. */
  time(name: Name<Shape>): string {
    const time = this.text(name);
    if (Number.isNaN(Date.parse(time))) throw this.wrong(name, 'is not a time');
    return time;
  }

  timeMs(name: Name<Shape>): number {
    return Date.parse(this.time(name));
  }

  /** One of a few known words. A word that we do not know is an error, not something to leave out. */
  oneOf<Word extends string>(name: Name<Shape>, words: readonly Word[]): Word {
    const text = this.text(name);
    const word = words.find((known) => known === text);
    if (word === undefined) throw this.wrong(name, `is "${text}", which is none of ${words.join(', ')}`);
    return word;
  }

  object<Key extends Name<Shape>>(name: Key): Fields<Inside<Shape[Key]>> {
    return new Fields(`${this.#where}.${name}`, this.#values[name]);
  }

  /** The items of a list. A list that is missing is an error: it could be one that was not read. */
  list<Key extends Name<Shape>>(name: Key): Fields<Inside<Shape[Key]>>[] {
    const value = this.#values[name];
    if (!Array.isArray(value)) throw this.wrong(name, 'is not a list');
    return value.map((item, index) => new Fields(`${this.#where}.${name}[${index}]`, item));
  }

  /** The items of a list of texts. */
  texts(name: Name<Shape>): string[] {
    const value = this.#values[name];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      throw this.wrong(name, 'is not a list of strings');
    return value;
  }

  /** Only for lists that say nothing by their absence. */
  listOr<Key extends Name<Shape>>(name: Key, otherwise: []): Fields<Inside<Shape[Key]>>[] {
    return this.has(name) ? this.list(name) : otherwise;
  }

  has(name: Name<Shape>): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  /** What to throw when a field cannot be what it says. */
  wrong(name: Name<Shape>, how: string): ProviderError {
    return unexpected(`${this.#where}.${name}`, this.has(name) ? how : 'is missing');
  }
}

function unexpected(where: string, how: string): ProviderError {
  return new ProviderError('unknown', {
    code: 'UnexpectedAnswer',
    message: `The provider's answer was not understood: ${where} ${how}. If it stays so, its API has changed.`,
  });
}
