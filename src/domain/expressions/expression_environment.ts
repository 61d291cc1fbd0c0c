/**
 * The variables and functions of expressions beyond those of CEL itself.
 *
 * @module
 */
import type { Environment } from "@marcbachmann/cel-js";
import { createCelEnvironment } from "./cel_environment.ts";
import { DataNamespace, FileNamespace, VaultNamespace } from "./namespaces.ts";

/** An environment with the roots of expressions and their functions (contract: authoring 4.2, 4.3). */
export function createExpressionEnvironment(): Environment {
  const environment = createCelEnvironment()
    .registerType("Data", DataNamespace)
    .registerType("File", FileNamespace)
    .registerType("Vault", VaultNamespace)
    .registerVariable("data", "Data")
    .registerVariable("file", "File")
    .registerVariable("vault", "Vault");
  for (const root of ["self", "inputs", "model", "env"]) {
    environment.registerVariable(root, "dyn");
  }
  registerDataFunctions(environment);
  return environment
    .registerFunction(
      "File.contents(string, string): dyn",
      ({ functions }: FileNamespace, model: string, spec: string) =>
        functions.contents(model, spec),
    )
    .registerFunction(
      "Vault.get(string, string): dyn",
      ({ functions }: VaultNamespace, vault: string, key: string) => functions.get(vault, key),
    );
}

function registerDataFunctions(environment: Environment): void {
  const item = (model: string, name: string, vary: readonly string[] = []) => ({
    ...{ model, name, vary },
  });
  const versions = async (data: DataNamespace, model: string, name: string, vary?: string[]) =>
    (await data.functions.listVersions(item(model, name, vary))).map(BigInt);
  environment
    .registerFunction(
      "Data.latest(string, string): dyn",
      (data: DataNamespace, model: string, name: string) =>
        data.functions.latest(item(model, name)),
    )
    .registerFunction(
      "Data.latest(string, string, list): dyn",
      (data: DataNamespace, model: string, name: string, vary: string[]) =>
        data.functions.latest(item(model, name, vary)),
    )
    .registerFunction("Data.listVersions(string, string): list<int>", versions)
    .registerFunction("Data.listVersions(string, string, list): list<int>", versions)
    .registerFunction(
      "Data.findBySpec(string, string): list<dyn>",
      (data: DataNamespace, model: string, spec: string) => data.functions.findBySpec(model, spec),
    )
    .registerFunction(
      "Data.findByTag(string, string): list<dyn>",
      (data: DataNamespace, key: string, value: string) => data.functions.findByTag(key, value),
    )
    .registerFunction(
      "Data.query(string): list<dyn>",
      (data: DataNamespace, predicate: string) => data.functions.query(predicate),
    )
    .registerFunction(
      "Data.query(string, string): list<dyn>",
      (data: DataNamespace, predicate: string, select: string) =>
        data.functions.query(predicate, select),
    );
  for (const number of ["int", "double"]) {
    environment
      .registerFunction(
        `Data.version(string, string, ${number}): dyn`,
        (data: DataNamespace, model: string, name: string, version: bigint | number) =>
          data.functions.version(item(model, name), Number(version)),
      )
      .registerFunction(
        `Data.version(string, string, list, ${number}): dyn`,
        (
          data: DataNamespace,
          model: string,
          name: string,
          vary: string[],
          version: bigint | number,
        ) => data.functions.version(item(model, name, vary), Number(version)),
      );
  }
}
