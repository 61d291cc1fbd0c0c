import { UserError } from "../../../domain/errors.ts";
import type { StoredDefinition } from "../../../domain/models/definition.ts";
import { checkEditedModel, editableFile, replaceModel } from "../../../libswamp/models/edit.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { CommandContext } from "../../context.ts";
import { edit, findEditor } from "../../editor.ts";
import type { Page } from "../../output/output.ts";
import { readStdin } from "../../stdin.ts";

/** JSON document of `model edit` (contract: cli-core 6.4). */
interface EditedDocument {
  readonly path: string;
  /** Name of the editor, where one was used. */
  readonly editor?: string;
  readonly status: "updated" | "opened";
  readonly name: string;
  readonly type: string;
  readonly editType: "definition";
}

/** `swamp model edit [model_id_or_name]` (contract: cli-core 6.4). */
export const command: CommandSpec = {
  arguments: "[model_id_or_name:string]",
  repository: "required",
  examples: [
    { title: "In $EDITOR", command: "swamp model edit web" },
    { title: "With a new definition on stdin", command: "swamp model edit web < web.yaml" },
  ],
  async run(context, _options, [nameOrId]) {
    if (nameOrId === undefined) {
      throw new UserError(
        "missing_argument",
        "Model ID or name is required in non-interactive mode",
        { fields: { hint: "'swamp model search' lists the models." } },
      );
    }
    const document = Deno.stdin.isTerminal()
      ? await editInEditor(context, nameOrId)
      : await replaceFromStdin(context, nameOrId);
    context.output.result(document, renderEdited);
  },
};

async function replaceFromStdin(
  { services }: CommandContext,
  nameOrId: string,
): Promise<EditedDocument> {
  const definitions = await services.definitions();
  await editableFile(definitions, nameOrId);
  const text = await readStdin();
  if (text.trim() === "") {
    throw new UserError(
      "no_input",
      "There is no definition on stdin and no terminal for an editor. Pipe the complete new " +
        `definition: swamp model edit ${nameOrId} < definition.yaml`,
    );
  }
  const locks = await services.locks();
  return edited(await replaceModel({ definitions, locks }, nameOrId, text), "updated");
}

async function editInEditor(
  { output, services }: CommandContext,
  nameOrId: string,
): Promise<EditedDocument> {
  const definitions = await services.definitions();
  const file = await editableFile(definitions, nameOrId);
  const editor = findEditor();
  output.log("info", "model·edit", `Opening "definition" file in "${editor.name}": ${file.path}`);
  await edit(editor, file.path, output.mode === "json" && !Deno.stdout.isTerminal());
  return edited(await checkEditedModel(definitions, file), "opened", editor.name);
}

function edited(
  { path, definition: { name, type } }: StoredDefinition,
  status: EditedDocument["status"],
  editor?: string,
): EditedDocument {
  const used = editor === undefined ? {} : { editor };
  return { path, ...used, status, name, type, editType: "definition" };
}

function renderEdited({ status, name, type, path, editor }: EditedDocument, { style }: Page) {
  return status === "updated"
    ? `${style.green('Updated "definition" from stdin:')} ${style.bold(name)} (${type})\n  ${path}`
    : `${style.green(`Edited in ${editor}:`)} ${style.bold(name)} (${type})\n  ${path}`;
}
