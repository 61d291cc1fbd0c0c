/**
 * Definitions to test with, written by hand.
 *
 * @module
 */
import type { Repository } from "./swamp.ts";

/**
 * Writes a definition, and gives its path.
 *
 * @param more further fields as YAML.
 */
export function define(repository: Repository, type: string, name: string, more = ""): string {
  const id = crypto.randomUUID();
  return repository.write(
    `models/${type}/${id}.yaml`,
    `type: '${type}'\nid: ${id}\nname: ${name}\nversion: 1\n${more}`,
  );
}
