import { z, type ZodType } from "zod";
import type { ExtensionKind } from "../kinds.ts";
import { normalizeProviderName } from "../type_name.ts";
import { issueLines, ShapeError } from "./shape_error.ts";
import { functionField, zodSchemaField } from "./zod_schema.ts";

/** The kinds whose export makes providers, or reports, rather than models. */
export type ProviderKind = Exclude<ExtensionKind, "model" | "extension">;

/** A vault, driver, datastore or report as exported (contract: authoring 1.3 to 1.6). */
export interface Provider {
  readonly raw: string;
  /** Normalised name. */
  readonly type: string;
  /** Display name. */
  readonly name: string;
  readonly description: string;
  readonly configSchema?: ZodType;
  readonly scope?: "method" | "model" | "workflow";
  readonly labels?: readonly string[];
  /** Where its code comes from, for messages; absent where it is built in. */
  readonly source?: string;
  /** `createProvider`, `createDriver` or `execute`, whichever the kind has. */
  readonly create: (...args: never[]) => unknown;
}

const TWO_SEGMENTS = /^@?[a-z0-9_-]+\/[a-z0-9_-]+$/;
const TWO_OR_MORE_SEGMENTS = /^@?[a-z0-9_-]+\/[a-z0-9_-]+(\/[a-z0-9_-]+)*$/;

const typeField = (label: string, example: string) =>
  z.string().regex(
    TWO_SEGMENTS,
    `${label} type must match @collective/name or collective/name ` +
      `(e.g., @myorg/${example} or myorg/${example})`,
  );

const typed = (label: string, example: string, factory: "createProvider" | "createDriver") =>
  z.object({
    type: typeField(label, example),
    name: z.string(),
    description: z.string(),
    configSchema: zodSchemaField.optional(),
    [factory]: functionField,
  });

const SHAPES: Readonly<Record<ProviderKind, { shape: ZodType; factory: string }>> = {
  vault: { shape: typed("Vault", "custom-vault", "createProvider"), factory: "createProvider" },
  driver: { shape: typed("Driver", "custom-driver", "createDriver"), factory: "createDriver" },
  datastore: {
    shape: typed("Datastore", "custom-store", "createProvider"),
    factory: "createProvider",
  },
  report: {
    shape: z.object({
      name: z.string().regex(
        TWO_OR_MORE_SEGMENTS,
        "Report name must match @collective/name or collective/name with optional nested " +
          "segments (e.g., @myorg/my-report or myorg/reports/cost)",
      ),
      description: z.string(),
      scope: z.enum(["method", "model", "workflow"]),
      labels: z.array(z.string()).optional(),
      execute: functionField,
    }),
    factory: "execute",
  },
};

/**
 * Turns the export of a vault, driver, datastore or report into a provider.
 *
 * @throws {ShapeError} that lists every wrong field.
 */
export function parseProvider(kind: ProviderKind, exported: unknown): Provider {
  const { shape, factory } = SHAPES[kind];
  const parsed = shape.safeParse(exported);
  if (!parsed.success) throw new ShapeError(issueLines(parsed.error));
  const fields = parsed.data as Record<string, unknown>;
  const raw = String(fields.type ?? fields.name);
  return {
    raw,
    type: normalizeProviderName(raw),
    name: String(fields.name),
    description: String(fields.description),
    ...(fields.configSchema === undefined ? {} : { configSchema: fields.configSchema as ZodType }),
    ...(fields.scope === undefined ? {} : { scope: fields.scope as "method" }),
    ...(fields.labels === undefined ? {} : { labels: fields.labels as string[] }),
    create: fields[factory] as Provider["create"],
  };
}
