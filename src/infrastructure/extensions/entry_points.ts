import { init, parse } from "es-module-lexer";
import { type KindRow, kindsOfFolder } from "../../domain/extensions/kinds.ts";

/** What can be told of a source from its text. */
export interface SourceText {
  /** Whether it may export a type; a file that does not is somebody's helper. */
  readonly isEntryPoint: boolean;
  /**
   * Types that it may claim, separated by blanks, for messages about a source that is broken; may be
   * empty.
   */
  readonly claims: string;
}

/**
 * Reads which names a TypeScript source exports. A file that cannot be parsed counts as an entry
 * point, so that its error is reported.
 *
 * @param folder `models`, `vaults`, …
 */
export async function readSourceText(path: string, folder: string): Promise<SourceText> {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch {
    return { isEntryPoint: true, claims: "" };
  }
  await init();
  return { isEntryPoint: exportsAny(text, kindsOfFolder(folder)), claims: claimedTypes(text) };
}

function exportsAny(text: string, kinds: readonly KindRow[]): boolean {
  try {
    const [, exported] = parse(text);
    return exported.some((found) =>
      found.type === "reexport-all" || found.name === "default" ||
      kinds.some(({ exportName }) => found.name === exportName)
    );
  } catch {
    return true;
  }
}

/**
 * Every literal type or name in the text that could be one of a type: good enough to explain a
 * failure, not to index.
 */
function claimedTypes(text: string): string {
  const literals = text.matchAll(
    /\b(?:type|name)\s*:\s*["'`](@?[\w-]+(?:[\/.:]+[\w-]+)+)["'`]/g,
  );
  return [...new Set([...literals].map(([, literal]) => literal!))].join(" ");
}
