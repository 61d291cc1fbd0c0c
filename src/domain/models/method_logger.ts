import type { MethodLogger } from "./method_context.ts";
import type { LogLevel } from "../repository/settings.ts";

/** What a record carries besides its message. */
type Properties = Readonly<Record<string, unknown>>;

/** Takes what a method logs; `properties` are those of the call and of {@linkcode MethodLogger.with}. */
export type LogTaker = (
  level: LogLevel,
  message: string,
  category: readonly string[],
  properties: Properties,
) => void;

type LogMethod = (text: string | TemplateStringsArray, ...values: unknown[]) => void;

/**
 * The logger that methods get (contract: authoring 2.3). Placeholders name properties of the call or of
 * {@linkcode MethodLogger.with}; values are shown as in source code, strings quoted.
 *
 * @example
 * ```ts
 * const logger = createMethodLogger(["model", "method", "run"], take);
 * logger.info("created {id}", { id: "i-1" }); // created "i-1"
 * logger.info`created ${"i-1"}`; // created "i-1"
 * ```
 */
export function createMethodLogger(
  category: readonly string[],
  take: LogTaker,
  properties: Properties = {},
): MethodLogger {
  const at = (level: LogLevel): LogMethod => (text, ...values) => {
    const all = { ...properties, ...propertiesOf(text, values) };
    take(level, render(text, values, all), category, all);
  };
  const warning = at("warning");
  return {
    category,
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: warning,
    warning,
    error: at("error"),
    fatal: at("fatal"),
    with: (more) => createMethodLogger(category, take, { ...properties, ...more }),
    getChild: (name) => {
      const names: readonly string[] = typeof name === "string" ? [name] : name;
      return createMethodLogger([...category, ...names], take, properties);
    },
  };
}

function render(text: unknown, values: readonly unknown[], properties: Properties): string {
  if (isTemplate(text)) {
    return text.map((part, index) => index === 0 ? part : `${shown(values[index - 1])}${part}`)
      .join("");
  }
  if (typeof text !== "string") return shown(text);
  return text.replaceAll(
    /\{\{|\}\}|\{\s*([^{}]+?)\s*\}/g,
    (match, name: string | undefined) => {
      if (name === undefined) return match[0]!;
      return Object.hasOwn(properties, name) ? shown(properties[name]) : match;
    },
  );
}

/** The properties of a call such as `info("created {id}", { id })`. */
function propertiesOf(text: unknown, [given]: readonly unknown[]): Properties {
  return typeof text === "string" && typeof given === "object" && given !== null
    ? given as Properties
    : {};
}

/** Properties as `id: "i-1", n: 5`. */
export function propertiesText(properties: Properties): string {
  return Object.entries(properties).map(([name, value]) => `${name}: ${shown(value)}`).join(", ");
}

function isTemplate(text: unknown): text is TemplateStringsArray {
  return Array.isArray(text) && "raw" in text;
}

function shown(value: unknown): string {
  return Deno.inspect(value, { colors: false, breakLength: Infinity, depth: 6 });
}
