import { messageOf, UserError } from "../../domain/errors.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import type { ResourceSpec } from "../../domain/models/model_type.ts";
import { sensitivePaths } from "../../domain/models/sensitive_fields.ts";
import { issueText } from "./issue_text.ts";
import { type MethodRun, warn } from "./method_run.ts";
import {
  dataHandle,
  type DataTarget,
  declaredSpec,
  newMetadata,
  requireUsableName,
  storeBytes,
} from "./new_version.ts";

/**
 * The function with which methods write JSON data (contract: authoring 3.3). Data that does not match
 * its schema is stored as it is, with a warning.
 */
export function createResourceWriter(run: MethodRun): MethodContext["writeResource"] {
  return (specName, name, data, overrides = {}) =>
    run.written.write(async () => {
      const target: DataTarget = { kind: "resource", specName, name };
      const spec = declaredSpec(run, target) as ResourceSpec;
      await checkSchema(run, target, spec, data);
      requireUsableName(run, target);
      requireNoSecrets(run, target, spec, data);
      const kept = withoutSecrets(run, target, data);
      const bytes = new TextEncoder().encode(jsonOf(target, kept));
      const metadata = newMetadata(
        run,
        target,
        { ...spec, contentType: "application/json" },
        overrides,
      );
      const stored = await storeBytes(run, name, bytes, {
        ...metadata,
        ...(isFarewell(run, data) ? { lifecycle: "deleted" as const } : {}),
      });
      return run.written.add({ handle: dataHandle(target, stored), stored });
    });
}

async function checkSchema(
  run: MethodRun,
  { specName, name }: DataTarget,
  spec: ResourceSpec,
  data: unknown,
): Promise<void> {
  const result = await spec.schema.safeParseAsync(data);
  if (result.success) return;
  warn(run, {
    code: "schema_mismatch",
    message: `Resource "${specName}" (instance "${name}") data does not match schema: ` +
      issueText(result.error.issues),
    specName,
    name,
  });
}

/** There are no vaults yet that could take a secret, and data is no place for one. */
function requireNoSecrets(
  run: MethodRun,
  { specName }: DataTarget,
  spec: ResourceSpec,
  data: unknown,
): void {
  const schema = run.descriptor.dataOutputSpecs.find((output) =>
    output.kind === "resource" && output.specName === specName
  )?.schema;
  const paths = spec.sensitiveOutput && typeof data === "object" && data !== null
    ? Object.keys(data)
    : schema === undefined
    ? []
    : sensitivePaths(schema, data);
  if (paths.length === 0) return;
  throw new UserError(
    "no_vault",
    `Cannot persist data: fields ${paths.map((path) => `'${path}'`).join(", ")} are marked as ` +
      "sensitive but no vault is configured. Create a vault using: swamp vault create <type> <name>",
  );
}

/** A secret that was an argument is not kept in plain text just because the method writes it down. */
function withoutSecrets(run: MethodRun, { specName, name }: DataTarget, data: unknown): unknown {
  const fields = run.redactor.secretPaths(data);
  if (fields.length === 0) return data;
  warn(run, {
    code: "secret_redacted",
    message: `Resource "${specName}" (instance "${name}") would hold a secret in ` +
      `${fields.join(", ")}; *** is stored instead. Mark the field as sensitive in the schema to ` +
      "keep it in a vault.",
    ...{ specName, name, fields },
  });
  return run.redactor.redactData(data);
}

function jsonOf({ name }: DataTarget, data: unknown): string {
  let text: string | undefined;
  let reason = `${typeof data} has no JSON form`;
  try {
    text = JSON.stringify(data);
  } catch (error) {
    reason = messageOf(error);
  }
  if (text !== undefined) return text;
  throw new UserError("not_json", `Resource "${name}" cannot be stored as JSON: ${reason}`);
}

/**
 * Whether a method that deletes writes its own last word on a resource, as generated models do. That
 * version then is the deletion marker.
 */
function isFarewell(run: MethodRun, data: unknown): boolean {
  return run.kind === "delete" && typeof data === "object" && data !== null &&
    typeof (data as Record<string, unknown>).deletedAt === "string";
}
