import { z } from "zod";
import type { Provider } from "../../extensions/shapes/provider_shape.ts";
import { UserError } from "../../errors.ts";
import type { VaultHost } from "../vault_host.ts";
import { didYouMean } from "../vault_lookup.ts";
import type { VaultProvider } from "../vault_provider.ts";

const CONFIG = z.object({
  prefix: z.string().regex(/^[^=\0]*$/, "must not contain '=' or null bytes").optional()
    .describe("What the names of the variables begin with; keys go without it"),
});

/** Vault type `environment`: the environment variables of swamp itself, which are only read. */
export const ENVIRONMENT: Provider = {
  raw: "environment",
  type: "environment",
  name: "Environment Variables",
  description: "Environment variables of swamp itself, for secrets that a CI or a shell provides",
  configSchema: CONFIG,
  create: (name: string, config: z.infer<typeof CONFIG>, host: VaultHost): VaultProvider =>
    new EnvironmentVault(name, config.prefix ?? "", host),
};

class EnvironmentVault implements VaultProvider {
  readonly readOnly =
    "Environment variables belong to whoever starts swamp. Set the variable there.";
  readonly #name: string;
  readonly #prefix: string;
  readonly #host: VaultHost;

  constructor(name: string, prefix: string, host: VaultHost) {
    this.#name = name;
    this.#prefix = prefix;
    this.#host = host;
  }

  getName(): string {
    return this.#name;
  }

  async get(key: string): Promise<string> {
    if (key === "" || /[=\0]/.test(key)) {
      throw new UserError(
        "invalid_secret_key",
        `Invalid secret key '${key}': must not be empty nor contain '=' or null bytes`,
      );
    }
    const variable = this.#prefix + key;
    const value = this.#host.variable(variable);
    if (value !== undefined) return value;
    throw new UserError(
      "secret_not_found",
      `Secret '${key}' not found in environment vault '${this.#name}': ` +
        `the variable ${variable} is not set`,
      didYouMean(key, await this.list()),
    );
  }

  put(): Promise<void> {
    return Promise.reject(
      new UserError("vault_read_only", `Vault '${this.#name}' is read-only. ${this.readOnly}`),
    );
  }

  list(): Promise<readonly string[]> {
    const names = this.#host.variableNames()
      .filter((name) => name.startsWith(this.#prefix) && name !== this.#prefix)
      .map((name) => name.slice(this.#prefix.length));
    return Promise.resolve(names.sort());
  }
}
