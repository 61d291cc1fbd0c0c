import { dirname, join } from "@std/path";

/** Optional parts of writing a file. */
export interface WriteOptions {
  /** Permission bits of the file from its first moment on; those of the system's default unless told. */
  readonly mode?: number;
}

/**
 * Writes a file so that a reader sees the old content or the new one, never a part: the text goes to
 * `.<uuid>.tmp` in the same folder, which is then renamed. A link at `path` is replaced, not followed.
 *
 * @param path absolute path; its folder must exist.
 * @throws a `Deno.errors.*` of the system, with nothing changed at `path`.
 *
 * @example
 * ```ts
 * await writeFileAtomically("/repo/models/a.yaml", "name: a\n");
 * ```
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  await withTemporaryFile(path, content, options, (temporary) => Deno.rename(temporary, path));
}

/**
 * Creates a file with its whole content unless something is at `path` already. Of several processes
 * that try at once, one succeeds, and nobody ever sees a partial file.
 *
 * @param path absolute path; its folder must exist.
 * @returns whether the file was created by this call.
 * @throws a `Deno.errors.*` of the system, other than `AlreadyExists`.
 */
export async function createFileExclusively(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<boolean> {
  try {
    await withTemporaryFile(path, content, options, async (temporary) => {
      await linkOrCreate(temporary, path, options);
      await removeQuietly(temporary);
    });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

/** @param publish takes the temporary file away from its place. */
async function withTemporaryFile(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
  try {
    await writeDurably(temporary, content, options);
    await publish(temporary);
  } catch (error) {
    await removeQuietly(temporary);
    throw error;
  }
}

async function removeQuietly(path: string): Promise<void> {
  await Deno.remove(path).catch(() => {});
}

async function writeDurably(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  using file = await Deno.open(path, { write: true, createNew: true, ...options });
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
  // Without this a power cut after the rename can leave an empty file under the final name.
  await file.syncData();
}

async function linkOrCreate(
  temporary: string,
  path: string,
  options: WriteOptions,
): Promise<void> {
  try {
    await Deno.link(temporary, path);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    // File systems without hard links: exclusive, if not in one step.
    await Deno.writeFile(path, await Deno.readFile(temporary), { createNew: true, ...options });
  }
}
