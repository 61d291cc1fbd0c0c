/** Source of a model type that works: its method stores one resource and one file. */
export function modelSource(type: string): string {
  return `import { z } from "npm:zod@4.3.6";
export const model = {
  type: ${JSON.stringify(type)},
  version: "2026.01.02.1",
  globalArguments: z.object({
    region: z.string().describe("Where it lives"),
    size: z.number().int().default(3),
  }),
  resources: {
    state: {
      description: "What is known of it",
      schema: z.object({ id: z.string(), n: z.number() }),
      lifetime: "infinite",
      garbageCollection: 5,
    },
  },
  files: {
    log: { contentType: "text/plain", lifetime: "7d", garbageCollection: 2 },
  },
  methods: {
    sync: {
      description: "Reads it and stores its state",
      arguments: z.object({ n: z.number().default(1), id: z.string().default("i-1") }),
      execute: async (args, context) => {
        context.logger.info("syncing {id}", { id: args.id });
        const state = await context.writeResource("state", "main", { id: args.id, n: args.n });
        const log = context.createFileWriter("log", "run-log");
        return { dataHandles: [state, await log.writeText("region " + context.globalArgs.region)] };
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
}
