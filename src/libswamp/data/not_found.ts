import { closestName } from "../../domain/closest.ts";
import type { DataStore } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type { Definition } from "../../domain/models/definition.ts";

/**
 * The failure for a name under which a model has no data, with what was probably meant.
 *
 * @param message what the command says of it; part of the contract.
 */
export async function dataNotFound(
  data: DataStore,
  { type, id }: Pick<Definition, "type" | "id">,
  name: string,
  message: string,
): Promise<UserError> {
  const listed = await data.list({ type, modelId: id });
  const names = listed.map(({ metadata }) => metadata.name);
  const meant = names.includes(name) ? undefined : closestName(name, names);
  const hint = meant === undefined ? {} : { fields: { hint: `Did you mean "${meant}"?` } };
  return new UserError("data_not_found", message, hint);
}
