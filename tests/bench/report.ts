import { bold, dim, formatDuration, green, red } from "../../tasks/terminal/style.ts";
import { type Goal, type GoalName, GOALS, type Measurements, type Unit } from "./goals.ts";
import type { Measurement } from "./multiples.ts";
import type { ScaleTimes } from "./scale_bench.ts";

/** Everything that one run of the benchmark found. */
export interface BenchResults {
  readonly date: string;
  /** What `swamp version` says. */
  readonly version: string;
  readonly machine: { readonly system: string; readonly cores: number };
  readonly runs: number;
  /** The time of `deno run` with an empty script, in milliseconds. */
  readonly F: Measurement;
  readonly measurements: Measurements;
  readonly scale: readonly ScaleTimes[];
}

/** A cell of the table, with the style that it gets after it was padded. */
interface Cell {
  readonly text: string;
  readonly style?: (text: string) => string;
}

const HEAD = ["", "time", "measured", "goal", "", "memory", "goal", ""];

/** The results as a table for people. */
export function renderResults(results: BenchResults): string {
  const rows = (Object.keys(GOALS) as GoalName[])
    .filter((name) => results.measurements[name] !== undefined)
    .map((name) => goalRow(GOALS[name], results.measurements[name]!));
  const head = HEAD.map((text) => ({ text, style: dim }));
  return [
    `${
      bold("swamp")
    } ${results.version} on ${results.machine.system}, ${results.machine.cores} cores`,
    `F = ${results.F.milliseconds!.toFixed(1)} ms, the median of ${results.runs} runs of ` +
    "deno run with an empty script",
    "",
    ...table([head, ...rows]),
    ...scaleTable(results.scale),
  ].join("\n");
}

function goalRow(goal: Goal, { value, milliseconds, memory }: Measurement): Cell[] {
  return [
    { text: goal.title },
    { text: milliseconds === undefined ? "" : formatDuration(milliseconds) },
    { text: format(value, goal.unit) },
    { text: goal.limit === undefined ? "" : `≤ ${format(goal.limit, goal.unit)}`, style: dim },
    verdict(value, goal.limit),
    { text: memory === undefined ? "" : formatMemory(memory) },
    {
      text: goal.memoryLimit === undefined ? "" : `≤ ${formatMemory(goal.memoryLimit)}`,
      style: dim,
    },
    verdict(memory, goal.memoryLimit),
  ];
}

function verdict(value: number | undefined, limit: number | undefined): Cell {
  if (value === undefined || limit === undefined) return { text: "" };
  return value <= limit ? { text: "✓", style: green } : { text: "✗", style: red };
}

function format(value: number, unit: Unit): string {
  switch (unit) {
    case "F":
      return `${value.toFixed(value < 10 ? 2 : 1)} F`;
    case "bytes":
      return `${(value / 1e6).toFixed(1)} MB`;
    case "ratio":
      return value.toFixed(2);
  }
}

function formatMemory(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
}

function scaleTable(scale: readonly ScaleTimes[]): string[] {
  if (scale.length === 0) return [];
  const head = ["types", "first index", "search", "memory", "model get"];
  return [
    "",
    ...table([
      head.map((text) => ({ text, style: dim })),
      ...scale.map(({ kind, size, firstIndex, search, searchMemory, get }) => [
        { text: `${size} ${kind}` },
        { text: formatDuration(firstIndex) },
        { text: formatDuration(search) },
        { text: searchMemory === undefined ? "" : formatMemory(searchMemory) },
        { text: formatDuration(get) },
      ]),
    ]),
  ];
}

/** Lines of aligned columns: the first to the left, numbers to the right. */
function table(rows: readonly (readonly Cell[])[]): string[] {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.text.length))
  );
  return rows.map((row) =>
    row.map(({ text, style = (plain) => plain }, column) => {
      const width = widths[column]!;
      return style(column === 0 ? text.padEnd(width) : text.padStart(width));
    }).join("  ").trimEnd()
  );
}
