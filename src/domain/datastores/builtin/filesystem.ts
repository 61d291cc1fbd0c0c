/**
 * The datastore type `filesystem`: a folder (contract: authoring 6.4).
 *
 * @module
 */
import { z } from "zod";
import type { Provider } from "../../extensions/shapes/provider_shape.ts";
import type {
  DatastoreHealth,
  DatastoreHost,
  DatastoreVerification,
} from "../datastore_provider.ts";
import { FILESYSTEM_DESCRIPTOR } from "./descriptors.ts";

const configSchema = z.strictObject({
  path: z.string().min(1).describe("The folder; a relative one begins at the repository"),
});

/**
 * The type. Its provider takes an absolute path, and the machine as a second parameter. It only verifies:
 * swamp keeps files and locks in folders anyway.
 */
export const FILESYSTEM_TYPE: Provider = {
  raw: FILESYSTEM_DESCRIPTOR.raw,
  type: FILESYSTEM_DESCRIPTOR.type,
  name: FILESYSTEM_DESCRIPTOR.name,
  description: FILESYSTEM_DESCRIPTOR.description,
  configSchema,
  create: ({ path }: z.infer<typeof configSchema>, host: DatastoreHost): DatastoreVerification => ({
    createVerifier: () => ({ verify: () => verify(path, host) }),
  }),
};

async function verify(path: string, host: DatastoreHost): Promise<DatastoreHealth> {
  const startedAt = performance.now();
  const problem = await host.folderProblem(path);
  return {
    healthy: problem === undefined,
    message: problem ?? `Filesystem datastore at ${path} is healthy`,
    latencyMs: Math.round(performance.now() - startedAt),
    datastoreType: FILESYSTEM_DESCRIPTOR.type,
  };
}
