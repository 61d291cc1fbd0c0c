import { UserError } from "../../../src/domain/errors.ts";
import { describeProvider } from "../../../src/domain/extensions/describe.ts";
import type { SourceFailure } from "../../../src/domain/extensions/extension_types.ts";
import type { ProviderTypes } from "../../../src/domain/extensions/provider_types.ts";
import { parseProvider } from "../../../src/domain/extensions/shapes/provider_shape.ts";

/** The execute function of a report, its context as whoever writes the report needs it. */
// deno-lint-ignore no-explicit-any -- authors' code gets a context that is not typed either.
export type Execute = (context: any) => unknown;

/** What an author exports, less what is the same in most tests. */
export interface ExportedReport {
  readonly name: string;
  readonly scope?: "method" | "model" | "workflow";
  readonly labels?: readonly string[];
  /** Without it the code of the report cannot be loaded. */
  readonly execute?: Execute;
}

/** Report types as the catalog gives them, made of what authors export. */
export function installedReports(
  exported: readonly ExportedReport[],
  failures: readonly SourceFailure[] = [],
): ProviderTypes {
  const providers = new Map(exported.map(({ name, scope = "method", labels, execute }) => {
    const provider = parseProvider("report", {
      ...{ name, scope, description: "", execute: execute ?? (() => {}) },
      ...(labels === undefined ? {} : { labels }),
    });
    return [provider.type, { provider, isLoadable: execute !== undefined }];
  }));
  return {
    summaries: () =>
      [...providers.values()].map(({ provider: { raw, type } }) => ({
        ...{ raw, normalized: type, version: "", description: "", builtIn: false },
      })),
    describe: (type) => {
      const found = providers.get(type);
      return found === undefined ? undefined : describeProvider(found.provider);
    },
    resolve: (type) => {
      const { provider, isLoadable } = providers.get(type)!;
      if (isLoadable) return Promise.resolve(provider);
      return Promise.reject(new UserError("type_broken", `report type '${type}' cannot be loaded`));
    },
    failures: () => failures,
    failureOf: (type) => failures.find((failure) => failure.types.includes(type)),
  };
}
