import { UserError } from "../../domain/errors.ts";
import type { PackageState } from "../../domain/extensions/package_store.ts";

const COMMANDS = { overwrite: "pull", remove: "rm" } as const;

/** As many edited files are named in the message; all of them in the error's fields. */
const NAMED = 5;

/**
 * Makes sure that nothing which somebody wrote gets lost.
 *
 * @param action what would be done to the edited files
 * @throws {UserError} `local_edits` that names them and the way out.
 */
export function refuseLocalEdits(
  name: string,
  { edited }: PackageState,
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
