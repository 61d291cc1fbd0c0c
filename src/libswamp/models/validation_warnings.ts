/**
 * What `model validate` finds worth knowing about a definition although it is no failure.
 *
 * @module
 */
import type { ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type { Definition } from "../../domain/models/definition.ts";
import { unknownArguments } from "./check_arguments.ts";
import { undeclaredInputs } from "./declared_inputs.ts";
import { environmentVariables } from "./definition_texts.ts";
import { literalSecrets, VAULT_REMEDY } from "./literal_secrets.ts";

/** Something that is worth knowing but no failure. */
export interface ValidationWarning {
  readonly name: string;
  readonly message: string;
  readonly envVars?: readonly { readonly path: string; readonly envVar: string }[];
}

/**
 * Warnings about one definition, in a fixed order.
 *
 * @param notice what is to be said about its version.
 * @param unknownFields what its file holds that means nothing, one sentence each.
 */
export async function validationWarnings(
  definition: Definition,
  descriptor: ModelDescriptor,
  { notice, unknownFields }: {
    readonly notice: ValidationWarning | undefined;
    readonly unknownFields: readonly string[];
  },
): Promise<ValidationWarning[]> {
  const warnings: ValidationWarning[] = [];
  if (notice !== undefined) warnings.push(notice);
  if (unknownFields.length > 0) {
    const message = `${unknownFields.join(" ")} They have no effect.`;
    warnings.push({ name: "Unknown fields", message });
  }
  const envVars = await environmentVariables(definition);
  if (envVars.length > 0) {
    const names = [...new Set(envVars.map(({ envVar }) => envVar))];
    warnings.push({
      name: "Environment variables detected",
      message: `Values depend on the environment: ${names.join(", ")}`,
      envVars,
    });
  }
  const undeclared = await undeclaredInputs(definition);
  if (undeclared.length > 0) {
    warnings.push({ name: "Undeclared inputs", message: undeclared.join("; ") });
  }
  const unknown = unknownArguments(descriptor.globalArguments, definition.globalArguments);
  if (unknown.length > 0) {
    warnings.push({ name: "Unknown global arguments", message: unknown.join("; ") });
  }
  const secrets = literalSecrets(descriptor.globalArguments, definition.globalArguments);
  if (secrets.length > 0) {
    const message = `Sensitive global arguments hold plain text: ${secrets.join(", ")}. ` +
      VAULT_REMEDY;
    warnings.push({ name: "Secrets in plain text", message });
  }
  return warnings;
}
