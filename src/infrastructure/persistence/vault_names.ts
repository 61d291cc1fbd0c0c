import { join } from "@std/path";
import { readVault } from "../../domain/vaults/vault_document.ts";
import type { Vault } from "../../domain/vaults/vault.ts";
import type { RepositoryLayout } from "./repository_layout.ts";
import { readSimpleYaml } from "./yaml_reader.ts";

/** What a vault file says of its vault, but for the config. */
type Identity = Pick<Vault, "name" | "createdAt">;

/**
 * Reads the names of all configured vaults without waiting, the oldest vault first, as the vault store
 * lists them. Files that cannot be read as vaults are left out without a word: who uses the vault hears
 * of it. What takes a real YAML parser, which would have to be loaded first, is read as far as its
 * fields stand on lines of their own; only a file that is one flow map, `{name: …}`, has none.
 */
export function readVaultNames({ vaults }: Pick<RepositoryLayout, "vaults">): string[] {
  return yamlFilesIn(vaults, new Set())
    .flatMap((path) => identityIn(path) ?? [])
    .sort((a, b) => {
      const [one, other] = a.createdAt === b.createdAt
        ? [a.name, b.name]
        : [a.createdAt, b.createdAt];
      return one < other ? -1 : 1;
    })
    .map(({ name }) => name);
}

function identityIn(path: string): Identity | undefined {
  try {
    const text = Deno.readTextFileSync(path);
    return readVault(readSimpleYaml(text) ?? fieldsAtMargin(text)).vault;
  } catch {
    return undefined;
  }
}

/** The texts that stand on one line with the name of their field, without what is indented. */
function fieldsAtMargin(text: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(/^(id|name|type|createdAt): +(.+?)\s*$/gm)) {
    const scalar = textOf(value!);
    if (scalar !== undefined) fields[key!] = scalar;
  }
  return fields;
}

/** A scalar of YAML that is a text, with or without quotes and a comment after it. */
function textOf(scalar: string): string | undefined {
  const single = /^'((?:[^']|'')*)'(?:\s+#.*)?$/.exec(scalar)?.[1];
  if (single !== undefined) return single.replaceAll("''", "'");
  const double = /^("(?:[^"\\]|\\.)*")(?:\s+#.*)?$/.exec(scalar)?.[1];
  if (double !== undefined) return JSON.parse(double);
  const plain = scalar.replace(/\s+#.*$/, "");
  const isOther = /^(?:[-+.]?\d[\d._]*|true|false|null|~|[&*!|>[{'"%@`#].*)$/i.test(plain);
  return isOther ? undefined : plain;
}

/** Every `*.yaml` file at any depth; links are followed, folders that are met twice count once. */
function yamlFilesIn(folder: string, seen: Set<string>): string[] {
  let entries: Deno.DirEntry[];
  try {
    const real = Deno.realPathSync(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    entries = [...Deno.readDirSync(folder)];
  } catch {
    return [];
  }
  return entries.flatMap(({ name, isDirectory, isSymlink }) => {
    const path = join(folder, name);
    if (isDirectory || (isSymlink && leadsToFolder(path))) return yamlFilesIn(path, seen);
    return name.endsWith(".yaml") ? [path] : [];
  });
}

function leadsToFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
