/**
 * What `data.latest("web", "state")` and the other functions of data do (contract: authoring 4.3).
 *
 * @module
 */
import { leavesItsFolder } from "../../domain/data/data_name.ts";
import type { DataStore, StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type {
  DataFunctions,
  DataName,
  FileFunctions,
} from "../../domain/expressions/namespaces.ts";
import { type DataRecord, dataRecord } from "../data/data_record.ts";
import { ModelData } from "../data/model_data.ts";
import type { AttributesFilter } from "../data/catalog_record.ts";
import { queryRecords, recordsWithTag } from "../data/query_records.ts";
import { missingDataText } from "./missing_data.ts";
import type { ExpressionSources } from "./sources.ts";

/** So much content is put into a record although the expression does not mention it. */
const UNASKED_CONTENT = 1024 * 1024;

/** How records are given to an expression. */
export interface RecordOptions {
  /** Whether the expression mentions the content. */
  readonly withContent: boolean;
  /** Has the last word on attributes. */
  readonly attributes: AttributesFilter;
  /** Told of what was looked for and is not there; a sentence about it is made if it is needed. */
  readonly onMissing: (sentence: () => Promise<string>) => void;
}

/** The functions of data and of files for one expression. */
export function createDataFunctions(
  { definitions, openData, openCatalog }: Omit<ExpressionSources, "openSecrets" | "environment">,
  options: RecordOptions,
): DataFunctions & FileFunctions {
  const { attributes } = options;
  const reader = new RecordReader(openData, options);
  const modelData = async () => new ModelData({ definitions, data: await openData() });
  const missing = ({ model, name }: { model: string; name: string }, version?: number) => {
    options.onMissing(() => missingDataText({ definitions, openData }, { model, name, version }));
    return null;
  };
  const find = async (item: DataName, version?: number) => {
    const name = fullName(item);
    const stored = await (await modelData()).find(item.model, name, version);
    return stored === undefined ? missing({ ...item, name }, version) : await reader.record(stored);
  };
  return {
    latest: (item) => find(item),
    version: find,
    listVersions: async (item) => await (await modelData()).versions(item.model, fullName(item)),
    findBySpec: async (model, spec) =>
      await reader.records(await (await modelData()).list(model, spec)),
    findByTag: async (key, value) => {
      const contentLimit = options.withContent ? Infinity : UNASKED_CONTENT;
      using catalog = await openCatalog();
      return await recordsWithTag(catalog, { key, value, contentLimit, attributes });
    },
    query: async (predicate, select) => {
      using catalog = await openCatalog();
      return await queryRecords(catalog, { predicate, select, attributes });
    },
    contents: async (model, spec) => {
      const files = await (await modelData()).list(model, spec);
      const [file] = files.filter(({ metadata }) => metadata.tags.type !== "resource");
      const bytes = file === undefined ? undefined : await (await openData()).content(file);
      if (bytes !== undefined) return new TextDecoder().decode(bytes);
      options.onMissing(() =>
        Promise.resolve(`There is no file of spec "${spec}" of model "${model}"`)
      );
      return null;
    },
  };
}

/** Makes records of stored data. */
export class RecordReader {
  readonly #openData: () => Promise<DataStore>;
  readonly #options: Omit<RecordOptions, "onMissing">;

  constructor(openData: () => Promise<DataStore>, options: Omit<RecordOptions, "onMissing">) {
    this.#openData = openData;
    this.#options = options;
  }

  async record(stored: StoredData): Promise<DataRecord> {
    const { withContent, attributes } = this.#options;
    const parts = withContent ? {} : { contentLimit: UNASKED_CONTENT };
    const record = await dataRecord(await this.#openData(), stored, parts);
    return { ...record, attributes: await attributes(record.attributes) };
  }

  async records(all: readonly StoredData[]): Promise<readonly DataRecord[]> {
    return await Promise.all(all.map((stored) => this.record(stored)));
  }
}

/** The name with its vary values: `state-dev-eu` (contract: authoring 4.3). */
function fullName({ name, vary }: DataName): string {
  return [name, ...vary.map(varyValue)].join("-");
}

function varyValue(value: unknown, index: number): string {
  const refuse = (text: string) => new UserError("invalid_vary_value", text);
  if (typeof value !== "string" || value === "") {
    throw refuse(`Vary value at index ${index} must be a non-empty string`);
  }
  if (/[/\\\0]/.test(value)) {
    throw refuse(`Vary value at index ${index} contains path separator characters: ${value}`);
  }
  if (value === "." || leavesItsFolder(value)) {
    throw refuse(`Vary value at index ${index} must not be a relative path component: ${value}`);
  }
  return value;
}
