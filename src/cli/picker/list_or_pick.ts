import type { CommandContext } from "../context.ts";
import type { OptionSpec, OptionValues } from "../command_spec.ts";
import type { Choice } from "./choice.ts";
import { hasLiveTerminal } from "./live_terminal.ts";

/** The option of every command that searches: the choice of a picker, without one. */
export const PICK_OPTION: OptionSpec = {
  flags: "--pick <entry:string>",
  description: "Show the one with this name or id, as picking it at a terminal does",
};

/** A search whose result is a list, or one entry of it. */
export interface Search<E, D> {
  /** Text that entries must contain, empty for all of them. */
  readonly query: string;
  /** Prints the list. */
  readonly list: () => Promise<void> | void;
  /** Loads what may be picked. */
  readonly open: () => Promise<Choice<E, D>>;
}

/**
 * Performs a search: prints the entry that `--pick` names or that somebody at a terminal picks, and the
 * list where nobody can or there is nothing to pick from. Who cancels gets to see nothing.
 *
 * @throws {UserError} `entry_not_found` and `ambiguous_entry` for `--pick`; `interrupted` on Ctrl-C.
 */
export async function listOrPick<E, D>(
  context: CommandContext,
  options: OptionValues,
  { query, list, open }: Search<E, D>,
): Promise<void> {
  const wanted = options.pick as string | undefined;
  if (wanted === undefined && !hasLiveTerminal(context.globals)) return await list();
  const choice = await open();
  const found = choice.find(query);
  if (wanted === undefined && found.length === 0) return await list();
  const entry = wanted === undefined
    ? await pick(context, choice, query)
    : (await import("./entry_called.ts")).entryCalled(wanted, found, choice);
  if (entry !== undefined) context.output.result(await choice.get(entry), choice.render);
}

async function pick<E, D>(
  context: CommandContext,
  choice: Choice<E, D>,
  query: string,
): Promise<E | undefined> {
  const { pickEntry } = await import("./pick_entry.ts");
  return await pickEntry(context, choice, { query, effect: "shows it" });
}
