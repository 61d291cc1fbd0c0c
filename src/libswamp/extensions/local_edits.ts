import { UserError } from "../../domain/errors.ts";

const COMMANDS = { overwrite: "pull", remove: "rm" } as const;

/** As many edited files are named in the message; all of them in the error's fields. */
const NAMED = 5;

/**
 * Makes sure that nothing which somebody wrote gets lost.
 *
 * @param edited files, relative to the repository
 * @param action what would be done to them
 * @throws {UserError} `local_edits` that names them and the way out.
 */
export function refuseLocalEdits(
  name: string,
  edited: readonly string[],
  action: keyof typeof COMMANDS,
): void {
  if (edited.length === 0) return;
  const more = edited.length > NAMED ? ` and ${edited.length - NAMED} more` : "";
  throw new UserError(
    "local_edits",
    `Extension ${name} has local edits: ${edited.slice(0, NAMED).join(", ")}${more}. ` +
      `Keep a copy of them, then run 'swamp extension ${COMMANDS[action]} ${name} --force' ` +
      `to ${action} them.`,
    { fields: { edited } },
  );
}
