/**
 * Reports to test with, and a model to report on.
 *
 * @module
 */
import { createModel } from "../models.ts";
import { Repository } from "../swamp.ts";

/** Fields of a report; `body` is the body of its `execute`, which sees `context`. */
export interface ReportParts {
  readonly scope?: "method" | "model" | "workflow";
  readonly labels?: readonly string[];
  readonly body?: string;
}

/** Source of a report. */
export function reportSource(
  name: string,
  {
    scope = "method",
    labels = [],
    body = 'return { markdown: "# Fine\\n", json: { fine: true } };',
  }: ReportParts = {},
): string {
  return `export const report = {
  name: ${JSON.stringify(name)}, description: "Tells of ${name}", scope: "${scope}",
  labels: ${JSON.stringify(labels)},
  execute: async (context) => { ${body} },
};
`;
}

const TYPE = (reports: readonly string[]) =>
  `import { z } from "npm:zod@4.3.6";
export const model = {
  type: "@acme/thing",
  version: "2026.01.02.1",
  reports: ${JSON.stringify(reports)},
  resources: {
    state: { schema: z.object({}).passthrough(), lifetime: "infinite", garbageCollection: 5 },
  },
  methods: {
    sync: {
      description: "Writes its state",
      arguments: z.object({
        n: z.number().default(1),
        key: z.string().optional().meta({ sensitive: true }),
      }),
      execute: async ({ n }, context) => {
        await context.writeResource("state", "main", { n });
      },
    },
    fail: {
      description: "Always fails",
      arguments: z.object({}),
      execute: () => Promise.reject(new Error("boom happened")),
    },
  },
};
`;

/** A repository with model `t1` of type `@acme/thing`, whose methods are `sync` and `fail`. */
export async function repositoryWith(
  { byType = [], required = [], reports = {} }: {
    /** Names that the type gives. */
    readonly byType?: readonly string[];
    /** What the definition requires. */
    readonly required?: readonly unknown[];
    /** Sources by name of the report. */
    readonly reports?: Readonly<Record<string, ReportParts>>;
  },
): Promise<Repository> {
  const repository = await Repository.create();
  repository.write("extensions/models/thing.ts", TYPE(byType));
  for (const [name, parts] of Object.entries(reports)) {
    repository.write(`extensions/reports/${name.split("/").at(-1)}.ts`, reportSource(name, parts));
  }
  const { path } = await createModel(repository, "@acme/thing", "t1");
  if (required.length > 0) {
    const more = `reports:\n  require: ${JSON.stringify(required)}\n`;
    Deno.writeTextFileSync(path, more, { append: true });
  }
  return repository;
}
