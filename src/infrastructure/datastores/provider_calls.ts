import { messageOf, UserError } from "../../domain/errors.ts";

/** Keeps extension code from printing into the command's document, or ending it, until disposed of. */
export type ExtensionGuard = () => Promise<Disposable>;

/**
 * Calls code of a datastore type. What it throws becomes a {@linkcode UserError} with the type's name
 * and file.
 *
 * @param call what is called, for the message: `createLock`.
 */
export type ProviderCalls = <T>(call: string, work: () => T | Promise<T>) => Promise<T>;

/**
 * Calls to the code of one datastore type.
 *
 * @param name the type and the file that it comes from.
 */
export function providerCalls(name: DatastoreName, guard: ExtensionGuard): ProviderCalls {
  return async (call, work) => {
    using _guard = await guard();
    try {
      return await work();
    } catch (error) {
      throw new UserError(
        "datastore_failed",
        `Datastore ${nameText(name)} failed in ${call}: ${messageOf(error)}`,
        { fields: { datastoreType: name.type }, cause: error },
      );
    }
  };
}

/** What a datastore is called in messages. */
export interface DatastoreName {
  readonly type: string;
  /** File of its code, for people. */
  readonly source: string;
}

/** A datastore in a message: `"@acme/ds" (extensions/datastores/ds.ts)`. */
export function nameText({ type, source }: DatastoreName): string {
  return `"${type}" (${source})`;
}
