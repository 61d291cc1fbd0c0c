import { toFileUrl } from "@std/path";
import { messageOf } from "../../domain/errors.ts";
import { onStrayFailure } from "../../domain/stray_failures.ts";
import { timed, type Trace } from "../../domain/trace.ts";
import type { ActiveType } from "../persistence/extension_catalog_rows.ts";
import { sourcePath } from "./source_key.ts";

/** What loading the code of types needs. */
export interface LoadSettings {
  readonly repositoryRoot: string;
  readonly trace: Trace;
  /** One line for the user, on stderr. */
  readonly warn: (message: string) => void;
  /** Called before code is imported: keeps what it prints away from stdout where that is a document's. */
  readonly guardStdout?: (() => Promise<unknown>) | undefined;
}

/** Tells of a failure that a source's code has left to nobody. */
type Complaint = (error: unknown) => void;

/**
 * Imports a bundle into this process, with swamp's zod shared and its folder kept from removal. A
 * failure that its top-level code leaves to nobody is a warning, whenever it comes.
 */
export async function importBundle(
  settings: LoadSettings,
  row: ActiveType,
): Promise<Record<string, unknown>> {
  const { repositoryRoot, trace, warn } = settings;
  const [{ shareZod }, zod, { leaseBatch }] = await Promise.all([
    import("./share_zod.ts"),
    import("zod"),
    import("./bundle_housekeeping.ts"),
  ]);
  shareZod(zod);
  const batches = [row.batch, ...row.requires];
  batches.forEach((batch) => leaseBatch(sourcePath(repositoryRoot, batch)));
  const urlOf = (key: string) => toFileUrl(sourcePath(repositoryRoot, key)).href;
  const complain = (error: unknown) =>
    warn(`${row.sourcePath} failed after it was loaded: ${messageOf(error)}`);
  const code = { bundle: urlOf(row.bundlePath), batches: batches.map(urlOf), complain };
  listenForLateFailures(code);
  // For good: from now on its code may run at any time.
  await settings.guardStdout?.();
  return await timed(
    trace,
    "load bundle",
    () => importGuarded(urlOf(row.bundlePath), complain),
    () => row.bundlePath,
  );
}

/** Imports a module; promises and timers of its top-level code that fail do not end the process. */
async function importGuarded(url: string, complain: Complaint): Promise<Record<string, unknown>> {
  using _strays = onStrayFailure((error) => (ownerOf(error)?.complain ?? complain)(error));
  const module = await import(url);
  // A promise that nobody handles is told at the end of this turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return module;
}

/** Code in this process that is an extension's. */
interface Imported {
  /** URL of the bundle. */
  readonly bundle: string;
  /** URLs of the folders that the bundle, and what it shares with others, were built in. */
  readonly batches: readonly string[];
  readonly complain: Complaint;
}

const imported: Imported[] = [];

/**
 * Timers may outlast the import. Whose they are shows in their stack; a failure that comes from no
 * bundle is swamp's own, and ends the process as it should.
 */
function listenForLateFailures(code: Imported): void {
  if (imported.push(code) > 1) return;
  onStrayFailure((error) => {
    const owner = ownerOf(error);
    owner?.complain(error);
    return owner !== undefined;
  });
}

function ownerOf(error: unknown): Imported | undefined {
  // swamp throws nothing but errors.
  if (!(error instanceof Error)) return imported.at(-1);
  const { stack = "" } = error;
  return imported.find(({ bundle }) => stack.includes(bundle)) ??
    imported.find(({ batches }) => batches.some((batch) => stack.includes(`${batch}/`)));
}
