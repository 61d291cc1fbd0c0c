/**
 * Secrets in the content of files (contract: authoring 4.7). A text has `***` in their place. In other
 * content as many asterisks stand for a secret as it has bytes: archives, images and databases have
 * offsets in them.
 *
 * @module
 */
import type { Redactor } from "../../domain/redactor.ts";
import type { SecretFilter } from "../../domain/secret_filter.ts";

const TEXT_TYPE =
  /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml|yaml|x-yaml|toml|javascript|x-sh|x-ndjson|x-www-form-urlencoded|x-pem-file|sql)\b)/i;

/** Whether content of this type is a text. */
export function isTextType(contentType: string): boolean {
  return TEXT_TYPE.test(contentType.trim());
}

/** Writes to `sink` what passes the filter. */
export function filteredSink(
  sink: WritableStream<Uint8Array>,
  filter: SecretFilter,
): WritableStream<Uint8Array> {
  const writer = sink.getWriter();
  return new WritableStream<Uint8Array>({
    write: async (piece) => await writer.write(filter.push(piece)),
    close: async () => {
      await writer.write(filter.end());
      await writer.close();
    },
    abort: async (reason) => await writer.abort(reason),
  });
}

/**
 * Takes the secrets out of a file that extension code has written. It is read in pieces, and written
 * anew only when there is something to take out.
 *
 * @param path absolute path of the file; nothing happens where there is none.
 * @returns whether there was a secret.
 */
export async function redactFile(
  path: string,
  redactor: Redactor,
  keepsLength: boolean,
): Promise<boolean> {
  if (!redactor.hasSecrets || !await holdsSecret(path, redactor)) return false;
  const redacted = `${path}.redacted`;
  try {
    using source = await Deno.open(path);
    const { mode } = await source.stat();
    using target = await Deno.open(redacted, {
      ...{ write: true, create: true, truncate: true },
      ...(mode === null ? {} : { mode: mode & 0o777 }),
    });
    const sink = filteredSink(target.writable, redactor.filter(keepsLength));
    await source.readable.pipeTo(sink);
    await Deno.rename(redacted, path);
  } catch (error) {
    await Deno.remove(redacted).catch(() => {});
    throw error;
  }
  return true;
}

async function holdsSecret(path: string, redactor: Redactor): Promise<boolean> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  const filter = redactor.filter();
  for await (const piece of file.readable) {
    filter.push(piece);
    if (filter.found) return true;
  }
  filter.end();
  return filter.found;
}
