import { z } from "zod";

/** Config of a `local_encryption` vault (contract: authoring 6.2). */
export const LOCAL_ENCRYPTION_CONFIG = z.object({
  auto_generate: z.boolean().optional()
    .describe("Make a key for this vault at the first secret and keep it beside the secrets"),
  ssh_key_path: z.string().min(1).optional()
    .describe("SSH private key without a passphrase that serves as the key"),
  key_file: z.string().min(1).optional()
    .describe("File that holds the key, instead of the one beside the secrets"),
  base_dir: z.string().min(1).optional()
    .describe("Folder whose .swamp/secrets holds the secrets, instead of the repository"),
});

/** Config of a `local_encryption` vault, parsed. */
export type LocalEncryptionConfig = z.infer<typeof LOCAL_ENCRYPTION_CONFIG>;
