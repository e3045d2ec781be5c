/**
 * How a model of the official SDK looks on the wire: `imageId` becomes `ImageId`, at every depth.
 * The models inherit an index signature, so the SDK's own types accept any misspelt field; these do not.
 * Every field stays optional, as in the SDK: what has to be there is checked when an answer is read (fields.ts).
 */
export type Wire<Model> = Model extends readonly (infer Item)[]
  ? Wire<Item>[]
  : Model extends object
    ? { [Key in DataKey<Model> as Capitalize<Key>]?: Wire<NonNullable<Model[Key]>> | undefined }
    : Model;

/** The fields that a model declares itself: neither the index signature nor its methods. */
type DataKey<Model> = keyof {
  [
    Key in keyof Model as IsDeclared<Key> extends true
      ? Model[Key] extends (...args: never[]) => unknown
        ? never
        : Key
      : never
  ]: true;
} &
  string;

type IsDeclared<Key> = string extends Key ? false : number extends Key ? false : true;
