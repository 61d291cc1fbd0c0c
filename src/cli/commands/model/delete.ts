import { EXIT_CODES } from "../../../domain/errors.ts";
import {
  type DeletedModelDocument,
  deleteModel,
  type Deletion,
  planDeletion,
} from "../../../libswamp/models/delete.ts";
import type { CommandSpec } from "../../command_spec.ts";
import type { Page } from "../../output/output.ts";
import { confirm } from "../../stdin.ts";

/** `swamp model delete <model_id_or_name>` (contract: cli-core 6.5). */
export const command: CommandSpec = {
  arguments: "<model_id_or_name:string>",
  options: [
    { flags: "-f, --force", description: "Delete the model's data too, and do not ask" },
  ],
  repository: "required",
  examples: [
    { title: "A model without data", command: "swamp model delete web" },
    { title: "A model with all its data", command: "swamp model delete web --force" },
  ],
  async run({ output, services }, options, [nameOrId = ""]) {
    const force = options.force === true;
    const dependencies = {
      definitions: await services.definitions(),
      data: await services.data(),
      runs: await services.runs(),
      locks: await services.locks(),
      openVaults: services.vaultService,
    };
    const plan = await planDeletion(dependencies, nameOrId, force);
    if (output.mode === "log" && !force && !await confirm(question(plan))) {
      output.log("warning", "model·delete", "Deletion cancelled.");
      return EXIT_CODES.success;
    }
    const document = await deleteModel(dependencies, plan, force);
    if (force) {
      using catalog = await services.dataCatalog();
      await catalog.forgetRemoved();
    }
    if (output.mode === "log") document.warnings?.forEach(({ message }) => output.warn(message));
    output.result(document, renderDeleted);
    return document.notDeleted === undefined ? EXIT_CODES.success : EXIT_CODES.failure;
  },
};

function question({ name, id, file, outputs }: Deletion): string {
  const also = outputs === 0 ? "" : ` This will also delete: ${outputs} output(s).`;
  return `Delete model '${name}' (${id ?? file})?${also}`;
}

function renderDeleted(
  { deleted, notDeleted = [] }: DeletedModelDocument,
  { style }: Page,
): string {
  return [
    `${style.green("Deleted model:")} "${deleted.name}" ("${deleted.type}")`,
    ...notDeleted.map(({ what, reason }) =>
      `${style.red("Not deleted:")} its ${what}, because ${reason}`
    ),
  ].join("\n");
}
