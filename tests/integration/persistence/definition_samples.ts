import { dirname, join } from "@std/path";
import type { Definition } from "../../../src/domain/models/definition.ts";
import type { DamagedFile } from "../../../src/domain/repository/damage.ts";
import type { RepositoryLayout } from "../../../src/infrastructure/persistence/repository_layout.ts";
import { createDefinitionStore } from "../../../src/infrastructure/persistence/yaml_definition_store.ts";

/** A definition of the built-in shell. */
export function sample(name: string, more: Partial<Definition> = {}): Definition {
  return {
    type: "command/shell",
    typeVersion: "2026.02.09.1",
    id: crypto.randomUUID(),
    name,
    version: 1,
    tags: {},
    globalArguments: {},
    methods: {},
    ...more,
  };
}

/** Writes a file below `models/` as a person would; returns its path. */
export async function writeModel(
  layout: RepositoryLayout,
  file: string,
  text: string,
): Promise<string> {
  const path = join(layout.models, file);
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
  return path;
}

/** The smallest text of a definition. */
export function minimalText(name: string, id: string = crypto.randomUUID()): string {
  return `id: ${id}\nname: ${name}\nversion: 1\n`;
}

/** A store together with what it reported as damaged. */
export function openStore(layout: RepositoryLayout) {
  const damaged: DamagedFile[] = [];
  const store = createDefinitionStore(layout, (file) => damaged.push(file));
  return { store, damaged };
}
