import type { RunLogFile } from "../../../domain/models/run_record.ts";

/**
 * Opens a run's log for writing. Every line is written when it is added, so that the log is complete
 * up to the moment when the process dies.
 *
 * @param path absolute path; its folder must exist.
 * @param relativePath the path as records hold it.
 */
export async function openRunLogFile(path: string, relativePath: string): Promise<RunLogFile> {
  const file = await Deno.open(path, { append: true, create: true });
  const encoder = new TextEncoder();
  let open = true;
  return {
    path,
    relativePath,
    append: (line) => {
      if (!open) return;
      const bytes = encoder.encode(`${line}\n`);
      for (let written = 0; written < bytes.length;) {
        written += file.writeSync(bytes.subarray(written));
      }
    },
    close: () => {
      if (open) file.close();
      open = false;
    },
  };
}
