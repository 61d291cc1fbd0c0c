import { join } from "node:path";

/** Type of all models that {@linkcode writeScaleModels} writes. */
const TYPE = "command/shell";

/** A model in a repository that is measured in. */
export interface ScaleModel {
  readonly id: string;
  /** `m<n>`, counted from 0. */
  readonly name: string;
}

/** Writes the definitions of many shell models, to see what their number does to the time of commands. */
export async function writeScaleModels(root: string, count: number): Promise<ScaleModel[]> {
  const folder = join(root, "models", TYPE);
  await Deno.mkdir(folder, { recursive: true });
  const models: ScaleModel[] = [];
  for (let index = 0; index < count; index++) {
    const model = { id: crypto.randomUUID(), name: `m${index}` };
    await Deno.writeTextFile(
      join(folder, `${model.id}.yaml`),
      `type: ${TYPE}\ntypeVersion: 2026.02.09.1\nid: ${model.id}\nname: ${model.name}\nversion: 1\n` +
        `tags:\n  team: t${index % 7}\nglobalArguments: {}\nmethods: {}\n`,
    );
    models.push(model);
  }
  return models;
}

/**
 * Writes data of one version as if these models had run: results of `command/shell`, `names` of each
 * model. `exitCode` of every tenth is not 0.
 */
export async function writeScaleData(
  root: string,
  models: readonly ScaleModel[],
  names: number,
): Promise<void> {
  for (const [index, model] of models.entries()) {
    for (let number = 0; number < names; number++) {
      const folder = join(root, ".swamp/data", TYPE, model.id, `n${number}`);
      await Deno.mkdir(join(folder, "1"), { recursive: true });
      const content = shellResult(index * names + number);
      await Deno.writeTextFile(join(folder, "1/raw"), content);
      await Deno.writeTextFile(
        join(folder, "1/metadata.yaml"),
        await metadataText(model, `n${number}`, content),
      );
      await Deno.writeTextFile(join(folder, "latest"), "1");
    }
  }
}

function shellResult(index: number): string {
  return JSON.stringify({
    stdout: `line ${index}\n`.repeat(1 + index % 20),
    stderr: "",
    exitCode: index % 10 === 0 ? 1 + index % 3 : 0,
    command: `echo line ${index}`,
    executedAt: "2026-11-20T17:30:02.353Z",
    durationMs: index % 1000,
  });
}

async function metadataText(model: ScaleModel, name: string, content: string): Promise<string> {
  const bytes = new TextEncoder().encode(content);
  const checksum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  return `id: ${crypto.randomUUID()}
name: ${name}
version: 1
contentType: application/json
lifetime: infinite
garbageCollection: 10
streaming: false
tags:
  type: resource
  specName: result
  modelName: ${model.name}
ownerDefinition:
  ownerType: model-method
  ownerRef: ${model.id}
createdAt: '2026-11-20T17:30:02.353Z'
size: ${bytes.length}
checksum: ${checksum}
`;
}
