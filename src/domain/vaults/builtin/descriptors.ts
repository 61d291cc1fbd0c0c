/**
 * What people see of the built-in vault types, written out so that neither zod nor the types themselves
 * are loaded to show it.
 *
 * @module
 */
import type { ProviderDescriptor } from "../../extensions/descriptor.ts";

const SCHEMA = "https://json-schema.org/draft/2020-12/schema";

/** Descriptor of `local_encryption`. */
export const LOCAL_ENCRYPTION_DESCRIPTOR: ProviderDescriptor = {
  raw: "local_encryption",
  type: "local_encryption",
  name: "Local Encryption",
  description: "Files in the repository, encrypted with a key that stays on this machine",
  configSchema: {
    $schema: SCHEMA,
    type: "object",
    properties: {
      auto_generate: {
        description: "Make a key for this vault at the first secret and keep it beside the secrets",
        type: "boolean",
      },
      ssh_key_path: {
        description: "SSH private key without a passphrase that serves as the key",
        type: "string",
        minLength: 1,
      },
      key_file: {
        description: "File that holds the key, instead of the one beside the secrets",
        type: "string",
        minLength: 1,
      },
      base_dir: {
        description: "Folder whose .swamp/secrets holds the secrets, instead of the repository",
        type: "string",
        minLength: 1,
      },
    },
    additionalProperties: false,
  },
};

/** Descriptor of `environment`. */
export const ENVIRONMENT_DESCRIPTOR: ProviderDescriptor = {
  raw: "environment",
  type: "environment",
  name: "Environment Variables",
  description: "Environment variables of swamp itself, for secrets that a CI or a shell provides",
  configSchema: {
    $schema: SCHEMA,
    type: "object",
    properties: {
      prefix: {
        description: "What the names of the variables begin with; keys go without it",
        type: "string",
        pattern: "^[^=\\0]*$",
      },
    },
    additionalProperties: false,
  },
};
