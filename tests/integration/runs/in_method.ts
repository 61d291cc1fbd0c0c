import { z } from "zod";
import type { MethodContext } from "../../../src/domain/models/method_context.ts";
import type { RunMethodRequest } from "../../../src/libswamp/runs/run_request.ts";
import { type Lab, withModel } from "./method_runs.ts";

/** Runs `use` as the method of a model. */
export function inMethod(
  use: (context: MethodContext, lab: Lab) => unknown,
  request: Partial<Pick<RunMethodRequest, "tags" | "inputs" | "checks">> = {},
): Promise<void> {
  const schema = z.object({}).loose();
  let lab: Lab;
  return withModel({
    resources: { state: { schema, lifetime: "infinite", garbageCollection: 10 } },
    files: { log: { contentType: "text/plain", lifetime: "1d", garbageCollection: 1 } },
    methods: {
      run: {
        description: "",
        arguments: z.object({ n: z.number().default(1) }),
        execute: async (_args: unknown, context: MethodContext) => {
          await use(context, lab);
        },
      },
    },
  }, async (created) => {
    lab = created;
    await lab.run("run", request);
  }, { tags: { env: "dev" } });
}
