import { UserError } from "../../../domain/errors.ts";
import type { StoredDefinition } from "../../../domain/models/definition.ts";
import { checkEditedModel, editableFile, replaceModel } from "../../../libswamp/models/edit.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { CommandContext } from "../../context.ts";
import { edit, findEditor } from "../../editor.ts";
import type { Page } from "../../output/output.ts";
import { pickToEdit } from "../../picker/pick_to_edit.ts";
import { readStdin } from "../../stdin.ts";
import { reportedTypes } from "./reported_types.ts";

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
    { title: "One that is picked at the terminal", command: "swamp model edit" },
    { title: "With a new definition on stdin", command: "swamp model edit web < web.yaml" },
  ],
  async run(context, _options, [argument]) {
    const nameOrId = argument ?? await pickedModel(context);
    if (nameOrId === undefined) return;
    const document = Deno.stdin.isTerminal()
      ? await editInEditor(context, nameOrId)
      : await replaceFromStdin(context, nameOrId);
    context.output.result(document, renderEdited);
  },
};

/** Id of the model that somebody picks, `undefined` if none was wanted. */
async function pickedModel(context: CommandContext): Promise<string | undefined> {
  const open = async () => (await import("./choice.ts")).modelChoice(context);
  const picked = await pickToEdit(context, open, {
    missing: "Model ID or name is required in non-interactive mode",
    hint: "'swamp model search' lists the models.",
    none: "No models yet. 'swamp model create <type> <name>' makes one.",
  });
  return picked?.id;
}

async function replaceFromStdin(
  context: CommandContext,
  nameOrId: string,
): Promise<EditedDocument> {
  const { services } = context;
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
  const dependencies = { definitions, locks, types: reportedTypes(context) };
  return edited(await replaceModel(dependencies, nameOrId, text), "updated");
}

async function editInEditor(
  context: CommandContext,
  nameOrId: string,
): Promise<EditedDocument> {
  const { output, services } = context;
  const definitions = await services.definitions();
  const file = await editableFile(definitions, nameOrId);
  const editor = findEditor();
  output.log("info", "model·edit", `Opening "definition" file in "${editor.name}": ${file.path}`);
  await edit(editor, file.path, output.mode === "json" && !Deno.stdout.isTerminal());
  return edited(
    await checkEditedModel({ definitions, types: reportedTypes(context) }, file),
    "opened",
    editor.name,
  );
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
