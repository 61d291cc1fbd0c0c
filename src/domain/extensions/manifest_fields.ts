import { isMap, type PlainMap } from "../models/definition_fields.ts";
import { isCalVer } from "./calver.ts";
import type { PathBase } from "./manifest.ts";
import { isPackageName } from "./package_name.ts";
import { normalizedPath, storedAs, unsafePathReason } from "./package_path.ts";

const PATH_RULE = "Path must be relative and must not contain '..' components or start with '/'";
const PATH_BASES: readonly unknown[] = ["typedDir", "manifest"];

/**
 * Reads the fields of a manifest: each method gives the value, or notes what is wrong and gives
 * something harmless. The wording is that of zod, which published manifests were checked with; zod
 * itself would be the dearest part of reading one.
 */
export class ManifestFields {
  readonly #document: PlainMap;
  /** One line for each thing that is wrong, beginning with the field's path. */
  readonly problems: string[] = [];

  constructor(document: PlainMap) {
    this.#document = document;
  }

  /** A required name of a package. */
  packageName(field: string): string {
    return this.#required(
      field,
      isPackageName,
      "Extension name must be scoped: @collective/name (lowercase, alphanumeric, hyphens, " +
        "underscores, additional /segments allowed)",
    );
  }

  /** A required CalVer version. */
  version(field: string): string {
    const rule = "Version must be valid CalVer format: YYYY.MM.DD.MICRO";
    return this.#required(field, isCalVer, rule);
  }

  /** An optional string of limited length. */
  text(field: string, longest = Infinity): string | undefined {
    const value = this.#value(field);
    if (value === undefined) return undefined;
    const text = this.#string(value, field);
    if (text.length > longest) {
      this.#reject(field, `Too big: expected string to have <=${longest} characters`);
    }
    return text;
  }

  /** An optional URL. */
  url(field: string): string | undefined {
    const text = this.text(field);
    if (text !== undefined && typeof this.#value(field) === "string" && !URL.canParse(text)) {
      this.#reject(field, "Invalid URL");
    }
    return text;
  }

  /** A list of paths below some folder. */
  paths(field: string): string[] {
    return this.#strings(field, (path, place) => {
      const portable = path.replaceAll("\\", "/");
      if (unsafePathReason(portable) !== undefined) this.#reject(place, PATH_RULE);
      return normalizedPath(portable);
    });
  }

  /** A list of paths, none of them twice. */
  distinctPaths(field: string): string[] {
    const paths = this.paths(field);
    const seen = new Set<string>();
    paths.forEach((path, index) => {
      if (seen.has(storedAs(path))) {
        this.#reject(`${field}.${index}`, `Path is listed more than once: ${path}`);
      }
      seen.add(storedAs(path));
    });
    return paths;
  }

  /** A list of strings that are not empty. */
  words(field: string, most = Infinity): string[] {
    const words = this.#strings(field, (word, place) => {
      if (word === "") {
        this.#reject(place, "Too small: expected string to have >=1 characters");
      }
      return word;
    });
    if (words.length > most) {
      this.#reject(field, `Too big: expected array to have <=${most} items`);
    }
    return words;
  }

  /** A list of packages, each with or without a version. */
  dependencies(field: string): string[] {
    return this.#strings(field, (dependency, place) => {
      if (!dependency.includes("/")) {
        this.#reject(place, "Dependencies must include a slash (e.g., @collective/name)");
      }
      return dependency;
    });
  }

  /** `paths.base`, given the value of `paths`. */
  pathBase(paths: unknown): PathBase {
    if (paths === undefined || paths === null) return "typedDir";
    if (!isMap(paths)) {
      this.#reject("paths", expected("object", paths));
      return "typedDir";
    }
    const { base } = paths;
    if (base === undefined || base === null) return "typedDir";
    if (!PATH_BASES.includes(base)) {
      const choice = PATH_BASES.map((choice) => `"${choice}"`).join("|");
      this.#reject("paths.base", `Invalid option: expected one of ${choice}`);
    }
    return base as PathBase;
  }

  #required(field: string, holds: (text: string) => boolean, rule: string): string {
    const value = this.#value(field);
    const text = this.#string(value, field);
    if (typeof value === "string" && !holds(value)) this.#reject(field, rule);
    return text;
  }

  #strings(field: string, read: (text: string, place: string) => string): string[] {
    const value = this.#value(field);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.#reject(field, expected("array", value));
      return [];
    }
    return value.map((item: unknown, index) => {
      const place = `${field}.${index}`;
      return typeof item === "string" ? read(item, place) : this.#string(item, place);
    });
  }

  #string(value: unknown, place: string): string {
    if (typeof value === "string") return value;
    this.#reject(place, expected("string", value));
    return "";
  }

  #value(field: string): unknown {
    return Object.hasOwn(this.#document, field) ? this.#document[field] ?? undefined : undefined;
  }

  #reject(place: string, rule: string): void {
    this.problems.push(`${place}: ${rule}`);
  }
}

function expected(type: string, value: unknown): string {
  return `Invalid input: expected ${type}, received ${typeName(value)}`;
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Date) return "Date";
  return Number.isNaN(value) ? "NaN" : typeof value;
}
