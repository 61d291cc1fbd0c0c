/**
 * Sources as generators of whole clouds write them (contract: authoring 0): models with a helper below
 * `_lib`, an instance name made safe, state of whatever shape the cloud gives, a context that
 * is not typed (`any`).
 *
 * @module
 */
import type { Repository } from "./swamp.ts";

/** The cloud: a JSON file, whose path the environment variable `CLOUD` gives. */
const CLOUD = `const file = () => Deno.env.get("CLOUD") ?? "cloud.json";

export async function load(): Promise<Record<string, Record<string, unknown>>> {
  try {
    return JSON.parse(await Deno.readTextFile(file()));
  } catch {
    return {};
  }
}

export async function save(all: Record<string, unknown>): Promise<void> {
  await Deno.writeTextFile(file(), JSON.stringify(all));
}

export async function createResource(type: string, properties: Record<string, unknown>) {
  const all = await load();
  const id = type.split("::").pop()!.toLowerCase() + "-" + (Object.keys(all).length + 1);
  all[id] = { ...properties, Id: id };
  await save(all);
  return all[id];
}

export async function readResource(type: string, id: string) {
  const found = (await load())[id];
  if (found === undefined) throw new Error(\`\${type} \${id} was not found\`);
  return found;
}

export async function updateResource(id: string, properties: Record<string, unknown>) {
  const all = await load();
  all[id] = { ...all[id], ...properties };
  await save(all);
  return all[id];
}

export async function deleteResource(id: string) {
  const { [id]: gone, ...rest } = await load();
  await save(rest);
  return {
    identifier: id,
    existed: gone !== undefined,
    status: gone === undefined ? "not_found" : "deleted",
    deletedAt: "2026-01-01T00:00:00Z",
  };
}
`;

/** Source of one generated model; `properties` are lines of its global arguments. */
function modelOf(type: string, cloudType: string, properties: string): string {
  return `// Generated. Do not edit.
import { z } from "npm:zod@4.3.6";
import { createResource, deleteResource, readResource, updateResource } from "./_lib/cloud.ts";

const GlobalArgsSchema = z.object({
  name: z.string().describe("Instance name for this resource"),
  ${properties}
  secretToken: z.string().meta({ sensitive: true }).optional(),
});
const StateSchema = z.object({ Id: z.string(), CidrBlock: z.string().optional() }).passthrough();
type StateData = z.infer<typeof StateSchema>;
const InputsSchema = z.object({ name: z.string().optional() });

const instanceOf = (name: unknown) =>
  String(name ?? "current").replace(/[\\/\\\\]/g, "_").replace(/\\.\\./g, "_").replace(/\\0/g, "");

async function existingState(context: any): Promise<StateData> {
  const name = instanceOf(context.globalArgs.name);
  const content = await context.dataRepository.getContent(context.modelType, context.modelId, name);
  if (!content) throw new Error("No existing state found - run create or get first");
  return JSON.parse(new TextDecoder().decode(content));
}

async function stored(context: any, state: unknown) {
  const handle = await context.writeResource("state", instanceOf(context.globalArgs.name), state);
  return { dataHandles: [handle] };
}

export const model = {
  type: ${JSON.stringify(type)},
  version: "2026.04.03.2",
  icon: "cloud",
  upgrades: [
    {
      toVersion: "2026.04.01.1",
      description: "Removed: AmazonProvided",
      upgradeAttributes: ({ AmazonProvided: _gone, ...rest }: Record<string, unknown>) => rest,
    },
    {
      toVersion: "2026.04.03.2",
      description: "cidr is called CidrBlock",
      upgradeAttributes: ({ cidr, ...rest }: Record<string, unknown>) =>
        cidr === undefined ? rest : { ...rest, CidrBlock: cidr },
    },
  ],
  globalArguments: GlobalArgsSchema,
  inputsSchema: InputsSchema,
  resources: {
    state: {
      description: "State of the resource",
      schema: StateSchema,
      lifetime: "infinite",
      garbageCollection: 10,
    },
  },
  methods: {
    create: {
      description: "Create it",
      arguments: z.object({}),
      execute: async (_args: Record<string, never>, context: any) => {
        const { name: _name, secretToken: _token, ...desired } = context.globalArgs;
        return stored(context, await createResource(${JSON.stringify(cloudType)}, desired));
      },
    },
    get: {
      description: "Read it",
      arguments: z.object({ identifier: z.string().describe("The primary identifier") }),
      execute: async (args: { identifier: string }, context: any) =>
        stored(context, await readResource(${JSON.stringify(cloudType)}, args.identifier)),
    },
    update: {
      description: "Change it",
      arguments: z.object({}),
      execute: async (_args: Record<string, never>, context: any) => {
        const existing = await existingState(context);
        const { name: _name, secretToken: _token, ...desired } = context.globalArgs;
        return stored(context, await updateResource(existing.Id, desired));
      },
    },
    delete: {
      description: "Delete it",
      arguments: z.object({ identifier: z.string() }),
      execute: async (args: { identifier: string }, context: any) =>
        stored(context, await deleteResource(args.identifier)),
    },
    sync: {
      description: "Compare it",
      arguments: z.object({}),
      execute: async (_args: Record<string, never>, context: any) => {
        const existing = await existingState(context);
        const found = await readResource(${
    JSON.stringify(cloudType)
  }, existing.Id).catch(() => null);
        return stored(context, found ?? { identifier: existing.Id, existed: false, status: "not_found" });
      },
    },
  },
};
`;
}

/** What somebody adds to a generated model by hand. */
const POLICY = `import { z } from "npm:zod@4.3.6";
export const extension = {
  type: "@acme/cloud/vpc",
  methods: [{
    audit: {
      description: "Counts versions",
      arguments: z.object({}),
      execute: async (_args: unknown, context: any) => {
        const { dataRepository, modelType, modelId, globalArgs } = context;
        const versions = await dataRepository.listVersions(modelType, modelId, globalArgs.name);
        return { dataHandles: [await context.writeResource("state", "audit", { versions })] };
      },
    },
  }],
  checks: [{
    private: {
      description: "Only private networks",
      labels: ["policy"],
      appliesTo: ["create", "update"],
      execute: async ({ globalArgs }: any) => ({
        pass: String(globalArgs.CidrBlock).startsWith("10."),
        errors: [\`\${globalArgs.CidrBlock} is no private network\`],
      }),
    },
  }],
};
`;

/** Writes the models `@acme/cloud/vpc` and `@acme/cloud/subnet`, and the policy of the first. */
export function writeGeneratedModels(repository: Repository): void {
  const write = (name: string, source: string) =>
    repository.write(`extensions/models/cloud/${name}`, source);
  write("_lib/cloud.ts", CLOUD);
  const cidr = "CidrBlock: z.string().optional(),";
  write("vpc.ts", modelOf("@acme/cloud/vpc", "ACME::Net::Vpc", cidr));
  write(
    "subnet.ts",
    modelOf("@acme/cloud/subnet", "ACME::Net::Subnet", `VpcId: z.string(), ${cidr}`),
  );
  write("policy.ts", POLICY);
}
