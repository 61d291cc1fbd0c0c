import { Repository } from "./swamp.ts";

/** Parts of a model type's source, each as TypeScript. Parts left out are those of a small type. */
export interface ModelParts {
  readonly version?: string;
  readonly globalArguments?: string;
  readonly resources?: string;
  readonly files?: string;
  readonly methods?: string;
  readonly checks?: string;
  readonly upgrades?: string;
  /** Lines in front of the export: imports, constants, functions. */
  readonly preamble?: string;
}

/** Spec `state` takes any map, spec `log` any text. */
const RESOURCES = `{
  state: { schema: z.object({}).passthrough(), lifetime: "infinite", garbageCollection: 5 },
}`;
const FILES = `{
  log: { contentType: "text/plain", lifetime: "7d", garbageCollection: 2 },
}`;

/**
 * Source of a model type put together from its parts.
 *
 * ```ts
 * repository.write("extensions/models/a.ts", sourceOf("@acme/a", {
 *   methods: `{ ${method("ping", "return {};")} }`,
 * }));
 * ```
 */
export function sourceOf(type: string, parts: ModelParts): string {
  const optional = (["globalArguments", "checks", "upgrades"] as const)
    .flatMap((field) => parts[field] === undefined ? [] : [`  ${field}: ${parts[field]},\n`]);
  return `import { z } from "npm:zod@4.3.6";
${parts.preamble ?? ""}
export const model = {
  type: ${JSON.stringify(type)},
  version: "${parts.version ?? "2026.01.02.1"}",
${optional.join("")}  resources: ${parts.resources ?? RESOURCES},
  files: ${parts.files ?? FILES},
  methods: ${parts.methods ?? "{}"},
};
`;
}

/** Source of one entry of `methods`; `body` sees `args` and `context`. */
export function method(name: string, body: string, args = "z.object({})", more = ""): string {
  return `${name}: {
    description: "Does ${name}",
    arguments: ${args},${more}
    execute: async (args, context) => { ${body} },
  },
`;
}

/**
 * A repository with the type `@acme/thing`.
 *
 * @param bodies of its methods, by name; they see `context` and take no arguments
 */
export async function thingRepository(
  bodies: Readonly<Record<string, string>>,
): Promise<Repository> {
  const repository = await Repository.create();
  const methods = Object.entries(bodies).map(([name, body]) => method(name, body)).join("");
  repository.write(
    "extensions/models/thing.ts",
    sourceOf("@acme/thing", { methods: `{${methods}}` }),
  );
  return repository;
}

/** The source of `@acme/half`, whose method `half` fails after it has written `first`. */
export function halfSource(moreMethods = ""): string {
  return sourceOf("@acme/half", {
    resources: `{ state: {
      schema: z.object({ n: z.number() }), lifetime: "infinite", garbageCollection: 5 } }`,
    methods: `{
      ${
      method(
        "half",
        `await context.writeResource("state", "first", { n: 1 });
        throw new Error("second half failed");`,
      )
    }
      ${moreMethods}
    }`,
  });
}
