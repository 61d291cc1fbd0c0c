/**
 * What people see of the built-in datastore type, written out so that neither zod nor the type itself is
 * loaded to show it.
 *
 * @module
 */
import type { ProviderDescriptor } from "../../extensions/descriptor.ts";

/** Descriptor of `filesystem`. */
export const FILESYSTEM_DESCRIPTOR: ProviderDescriptor = {
  raw: "filesystem",
  type: "filesystem",
  name: "Filesystem",
  description: "A folder of this machine, or of a disk that several machines share",
  configSchema: {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: {
      path: {
        description: "The folder; a relative one begins at the repository",
        type: "string",
        minLength: 1,
      },
    },
    required: ["path"],
    additionalProperties: false,
  },
};
