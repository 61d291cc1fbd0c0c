import type { DataCatalog } from "../../domain/data/data_catalog.ts";
import type { DataStore } from "../../domain/data/data_store.ts";
import type { SecretReader } from "../../domain/expressions/secret_reader.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";

/** Where the values of expressions come from; each is opened when an expression asks for it. */
export interface ExpressionSources {
  readonly definitions: DefinitionStore;
  readonly openData: () => Promise<DataStore>;
  /** Opens what finds data of all models; whoever asks for it disposes of it. */
  readonly openCatalog: () => Promise<DataCatalog>;
  readonly openSecrets: () => Promise<SecretReader>;
  /** All environment variables. */
  readonly environment: () => Readonly<Record<string, string>>;
}
