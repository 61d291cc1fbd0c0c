import { join } from "@std/path";
import { type PackageManifest, parseManifest } from "../../../domain/extensions/manifest.ts";
import { MANIFEST_FILE } from "../../../domain/extensions/package_layout.ts";
import { parseYaml } from "../../persistence/yaml_reader.ts";
import { contentHash } from "../content_hash.ts";
import { type PackageRecord, readRecord } from "./package_record.ts";

/**
 * The manifest of an installed package. It is the one that was shipped; only where that was changed
 * since does reading it take a YAML reader.
 *
 * @param folder absolute path of the package's folder
 * @throws {UserError} `invalid_manifest`; {Error} when the file is missing or no YAML
 */
export async function readInstalledManifest(
  folder: string,
  record: PackageRecord | undefined = readRecord(folder),
): Promise<PackageManifest> {
  const content = Deno.readFileSync(join(folder, MANIFEST_FILE));
  const recorded = record !== undefined &&
    record.files[MANIFEST_FILE] === await contentHash(content);
  return parseManifest(
    recorded ? record.manifest : await parseYaml(new TextDecoder().decode(content)),
  );
}
