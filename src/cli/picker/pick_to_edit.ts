import { UserError } from "../../domain/errors.ts";
import type { CommandContext } from "../context.ts";
import type { Choice } from "./choice.ts";
import { hasLiveTerminal } from "./live_terminal.ts";

/** What is said where nothing can be picked. */
export interface EditTexts {
  /** Where nobody can be asked. */
  readonly missing: string;
  /** What lists the entries. */
  readonly hint: string;
  /** Where there are no entries. */
  readonly none: string;
}

/**
 * What to edit, where the command line does not tell: somebody at the terminal is asked. No lock may be
 * held meanwhile.
 *
 * @returns the entry, `undefined` if none was wanted.
 * @throws {UserError} `missing_argument` where nobody can be asked, `nothing_to_edit` where there is
 * nothing, `interrupted` on Ctrl-C.
 */
export async function pickToEdit<E, D>(
  context: CommandContext,
  open: () => Promise<Choice<E, D>>,
  { missing, hint, none }: EditTexts,
): Promise<E | undefined> {
  if (!hasLiveTerminal(context.globals)) {
    throw new UserError("missing_argument", missing, { fields: { hint } });
  }
  const choice = await open();
  if (choice.find("").length === 0) throw new UserError("nothing_to_edit", none);
  const { pickEntry } = await import("./pick_entry.ts");
  return await pickEntry(context, choice, { query: "", effect: "edits it" });
}
