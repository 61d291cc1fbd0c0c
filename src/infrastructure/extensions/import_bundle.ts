import { toFileUrl } from "@std/path";
import { messageOf } from "../../domain/errors.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import type { ActiveType } from "../persistence/extension_catalog_rows.ts";
import { sourcePath } from "./source_key.ts";

/** What loading the code of types needs. */
export interface LoadSettings {
  readonly repositoryRoot: string;
  readonly trace: Trace;
  /** One line for the user, on stderr. */
  readonly warn: (message: string) => void;
}

/**
 * Imports a bundle into this process, with swamp's zod shared and its folder kept from removal. A
 * failure that its top-level code leaves to nobody is a warning.
 */
export async function importBundle(
  { repositoryRoot, trace, warn }: LoadSettings,
  row: ActiveType,
): Promise<Record<string, unknown>> {
  const [{ shareZod }, zod, { leaseBatch }] = await Promise.all([
    import("./share_zod.ts"),
    import("zod"),
    import("./bundle_housekeeping.ts"),
  ]);
  shareZod(zod);
  leaseBatch(sourcePath(repositoryRoot, row.batch));
  const { href } = toFileUrl(sourcePath(repositoryRoot, row.bundlePath));
  const warnOf = (error: unknown) =>
    warn(`${row.sourcePath} failed after it was loaded: ${messageOf(error)}`);
  return await timed(
    trace,
    "load bundle",
    () => importGuarded(href, warnOf),
    () => row.bundlePath,
  );
}

/** Imports a module; promises and timers of its top-level code that fail do not end the process. */
async function importGuarded(
  url: string,
  stray: (error: unknown) => void,
): Promise<Record<string, unknown>> {
  const listen = (event: Event) => {
    event.preventDefault();
    stray(event instanceof ErrorEvent ? event.error : (event as PromiseRejectionEvent).reason);
  };
  const types = ["error", "unhandledrejection"];
  types.forEach((type) => globalThis.addEventListener(type, listen));
  try {
    const module = await import(url);
    // A promise that nobody handles is told at the end of this turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return module;
  } finally {
    types.forEach((type) => globalThis.removeEventListener(type, listen));
  }
}
