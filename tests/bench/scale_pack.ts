import { dirname, join } from "node:path";
import {
  installPackages,
  type InstallRequest,
} from "../../src/libswamp/extensions/install_package.ts";
import { RepositoryFixture } from "../integration/extensions/repository_fixture.ts";

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
    const path = join(targetDir, modelPath(index));
    if (index % FOLDER_SIZE === 0) await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, modelSource(index));
  }
}

/**
 * Installs the same models as packages, one for each folder: a package may have 150 files.
 *
 * @param repositoryRoot absolute path
 */
export async function installScalePack(repositoryRoot: string, size: number): Promise<void> {
  const pack = await Deno.makeTempDir({ prefix: "swamp-scale-" });
  try {
    await writeScalePack(pack, size);
    const requests: InstallRequest[] = [];
    for (const { name } of [...Deno.readDirSync(pack)]) {
      const folder = join(pack, `package-${name}`);
      await Deno.mkdir(folder);
      await Deno.rename(join(pack, name), join(folder, "models"));
      await Deno.writeTextFile(
        join(folder, "manifest.yaml"),
        manifest(name, join(folder, "models")),
      );
      requests.push({ source: { kind: "folder", path: folder }, force: false });
    }
    await installPackages(new RepositoryFixture(repositoryRoot).packages(), requests, new Date());
  } finally {
    await Deno.remove(pack, { recursive: true });
  }
}

function manifest(name: string, models: string): string {
  return [
    "manifestVersion: 1",
    `name: '@scale/${name}'`,
    "version: 2026.01.01.1",
    "models:",
    ...[...Deno.readDirSync(models)].map((entry) => `  - ${entry.name}`),
  ].join("\n");
}

function modelPath(index: number): string {
  return `g${Math.floor(index / FOLDER_SIZE)}/t${index}.ts`;
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
