import { UserError } from "../../../domain/errors.ts";
import {
  checkEditedVault,
  editableVault,
  type EditedVault,
  replaceVault,
} from "../../../libswamp/vaults/edit.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { CommandContext } from "../../context.ts";
import { edit, findEditor } from "../../editor.ts";
import type { Page } from "../../output/output.ts";
import { pickToEdit } from "../../picker/pick_to_edit.ts";
import { readStdin } from "../../stdin.ts";
import { reportedProviderTypes } from "../types/reported_types.ts";

/** JSON document of `vault edit`, in the form of `model edit`. */
interface EditedVaultDocument {
  readonly path: string;
  /** Name of the editor, where one was used. */
  readonly editor?: string;
  readonly status: "updated" | "opened";
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** `swamp vault edit [vault_name_or_id]` (contract: cli-automation 6.5). */
export const command: CommandSpec = {
  arguments: "[vault_name_or_id:string]",
  repository: "required",
  examples: [
    { title: "In $EDITOR", command: "swamp vault edit main" },
    { title: "One that is picked at the terminal", command: "swamp vault edit" },
    { title: "With a new vault on stdin", command: "swamp vault edit main < vault.yaml" },
  ],
  async run(context, _options, [argument]) {
    const nameOrId = argument ?? await pickedVault(context);
    if (nameOrId === undefined) return;
    const document = Deno.stdin.isTerminal()
      ? await editInEditor(context, nameOrId)
      : await replaceFromStdin(context, nameOrId);
    context.output.result(document, renderEdited);
  },
};

/** Id of the vault that somebody picks, `undefined` if none was wanted. */
async function pickedVault(context: CommandContext): Promise<string | undefined> {
  const open = async () => (await import("./choice.ts")).vaultChoice(context);
  const picked = await pickToEdit(context, open, {
    missing: "Vault name or ID is required in non-interactive mode",
    hint: "'swamp vault search' lists the vaults.",
    none: "No vaults yet. 'swamp vault create <type> <name>' makes one.",
  });
  return picked?.id;
}

async function replaceFromStdin(
  context: CommandContext,
  nameOrId: string,
): Promise<EditedVaultDocument> {
  const { services } = context;
  const vaults = await services.vaults();
  await editableVault(vaults, nameOrId);
  const text = await readStdin();
  if (text.trim() === "") {
    throw new UserError(
      "no_input",
      "There is no vault on stdin and no terminal for an editor. Pipe the complete new vault: " +
        `swamp vault edit ${nameOrId} < vault.yaml`,
    );
  }
  const types = reportedProviderTypes(context, "vault");
  const locks = await services.locks();
  return edited(await replaceVault({ vaults, types, locks }, nameOrId, text), "updated");
}

async function editInEditor(
  context: CommandContext,
  nameOrId: string,
): Promise<EditedVaultDocument> {
  const { output, services } = context;
  const vaults = await services.vaults();
  const before = await editableVault(vaults, nameOrId);
  const editor = findEditor();
  output.log("info", "vault·edit", `Opening "vault" file in "${editor.name}": ${before.path}`);
  await edit(editor, before.path, output.mode === "json" && !Deno.stdout.isTerminal());
  const types = reportedProviderTypes(context, "vault");
  const after = await checkEditedVault({ vaults, types }, before);
  return { ...edited(after, "opened"), editor: editor.name };
}

function edited(
  { path, vault: { id, name, type } }: EditedVault,
  status: EditedVaultDocument["status"],
): EditedVaultDocument {
  return { path, status, id, name, type };
}

function renderEdited({ status, name, type, path, editor }: EditedVaultDocument, { style }: Page) {
  const how = status === "updated" ? 'Updated "vault" from stdin:' : `Edited in ${editor}:`;
  return `${style.green(how)} ${style.bold(name)} (${type})\n  ${path}`;
}
