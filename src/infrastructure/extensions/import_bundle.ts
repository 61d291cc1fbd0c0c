import { toFileUrl } from "@std/path";
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

/** Imports a bundle into this process, with swamp's zod shared and its folder kept from removal. */
export async function importBundle(
  { repositoryRoot, trace }: LoadSettings,
  row: ActiveType,
): Promise<Record<string, unknown>> {
  const [{ shareZod }, zod, { leaseBatch }] = await Promise.all([
    import("./share_zod.ts"),
    import("zod"),
    import("./bundle_housekeeping.ts"),
  ]);
  shareZod(zod);
  leaseBatch(sourcePath(repositoryRoot, row.batch));
  const path = sourcePath(repositoryRoot, row.bundlePath);
  return await timed(
    trace,
    "load bundle",
    () => import(toFileUrl(path).href),
    () => row.bundlePath,
  );
}
