import { join } from "node:path";

/** Models in one folder of a scale pack. */
const FOLDER_SIZE = 100;

/**
 * Writes an extension pack of small models that differ only in their names, to see what the number
 * of installed types does to the time of commands.
 *
 * @param targetDir folder for the files; made when missing.
 * @param size number of models. Their types are `@scale/g<n>/t<n>`, counted from 0.
 */
export async function writeScalePack(targetDir: string, size: number): Promise<void> {
  for (let index = 0; index < size; index++) {
    const folder = join(targetDir, `g${Math.floor(index / FOLDER_SIZE)}`);
    if (index % FOLDER_SIZE === 0) await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, `t${index}.ts`), modelSource(index));
  }
}

function modelSource(index: number): string {
  return `import { z } from "npm:zod@4";

/** Number ${index} of many models that are alike. */
export const model = {
  type: "@scale/g${Math.floor(index / FOLDER_SIZE)}/t${index}",
  version: "2026.01.01.1",
  globalArguments: z.object({
    name: z.string().describe("Name of thing ${index}."),
    size: z.number().int().optional().describe("How large it is."),
  }),
  resources: {
    state: {
      description: "What is there.",
      schema: z.object({ id: z.string(), size: z.number() }),
      lifetime: "infinite",
      garbageCollection: 10,
    },
  },
  methods: {
    sync: {
      description: "Reads thing ${index}.",
      arguments: z.object({}),
      execute: async (_args, context) => {
        const handle = await context.writeResource("state", "main", { id: "${index}", size: 1 });
        return { dataHandles: [handle] };
      },
    },
  },
};
`;
}
