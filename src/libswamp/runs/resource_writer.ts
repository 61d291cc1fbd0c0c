import { messageOf, UserError } from "../../domain/errors.ts";
import type { MethodContext } from "../../domain/models/method_context.ts";
import type { ResourceSpec } from "../../domain/models/model_type.ts";
import type { KeptTexts } from "../../domain/redactor.ts";
import { isSecretReference } from "../../domain/vaults/secret_reference.ts";
import { someText } from "../expressions/text_mapping.ts";
import { issueText } from "../models/issue_text.ts";
import { type MethodRun, warn } from "./method_run.ts";
import {
  dataHandle,
  type DataTarget,
  declaredSpec,
  newMetadata,
  requireUsableName,
  storeVersion,
} from "./new_version.ts";
import { storingSecrets } from "./stored_secrets.ts";

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
      const metadata = newMetadata(
        run,
        target,
        { ...spec, contentType: "application/json" },
        overrides,
      );
      const plain: unknown = JSON.parse(jsonOf(target, data));
      const lifecycle = isFarewell(run, plain) ? { lifecycle: "deleted" as const } : {};
      const stored = await storeVersion(
        run,
        name,
        { ...metadata, ...lifecycle },
        ({ version }, write) =>
          storingSecrets(run, { ...target, spec, version, data: plain }, (safe, kept) => {
            warnOfForeignReferences(run, target, safe, kept);
            const redacted = withoutSecrets(run, target, safe, kept);
            return write(new TextEncoder().encode(JSON.stringify(redacted)));
          }),
      );
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

/** A secret that the run knows is not kept in plain text just because the method writes it down. */
function withoutSecrets(
  run: MethodRun,
  { specName, name }: DataTarget,
  data: unknown,
  kept: KeptTexts,
): unknown {
  const fields = run.redactor.secretPaths(data, kept);
  if (fields.length === 0) return data;
  warn(run, {
    code: "secret_redacted",
    message: `Resource "${specName}" (instance "${name}") would hold a secret in ` +
      `${fields.join(", ")}; *** is stored instead. Mark the field as sensitive in the schema to ` +
      "keep it in a vault.",
    ...{ specName, name, fields },
  });
  return run.redactor.redactData(data, kept);
}

/** Such a text may come from outside, and whoever reads it gets the secret. */
function warnOfForeignReferences(
  run: MethodRun,
  { specName, name }: DataTarget,
  data: unknown,
  kept: KeptTexts,
): void {
  const isForeign = (text: string) => isSecretReference(text) && !kept.texts.has(text);
  if (!someText(data, isForeign)) return;
  warn(run, {
    code: "foreign_secret_reference",
    message: `Resource "${specName}" (instance "${name}") holds a text that stands for a secret ` +
      "although swamp did not put it there. Who reads the resource gets that secret.",
    ...{ specName, name },
  });
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
