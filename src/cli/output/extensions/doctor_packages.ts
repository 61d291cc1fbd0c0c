import type { PackageHealth } from "../../../domain/extensions/package_health.ts";
import type { DoctorDocument } from "../../../libswamp/extensions/doctor_document.ts";
import { columns } from "../columns.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** As many files of a package are named; all of them with `--verbose`. */
const MOST_FILES = 5;

/** What is wrong with installed packages and the file that lists them, and what helps. */
export function packageProblemLines(
  { packages, loaderErrors, aggregateState }: DoctorDocument,
  verbose: boolean,
  page: Page,
): string[] {
  const unreadable = loaderErrors.lockfile;
  const foreign = aggregateState.aggregates.filter(({ origin, extends: types }) =>
    origin === "pulled" && types.length > 0
  );
  return [
    ...(unreadable === undefined ? [] : [`  ${page.style.red("✗")} ${printable(unreadable)}`]),
    ...packages.flatMap((found) => problemLines(found, verbose ? Infinity : MOST_FILES, page)),
    ...(verbose
      ? foreign.map(({ name, extends: types }) =>
        `  ${printable(name)} adds to ${types.map((type) => printable(type)).join(", ")}`
      )
      : []),
  ];
}

function problemLines(found: PackageHealth, most: number, { style }: Page): string[] {
  const { name, version, condition, problem, missing, edited, surplus } = found;
  if (problem === "" && missing.length + edited.length + surplus.length === 0) return [];
  const mark = condition === "ok" || condition === "unlisted" ? "·" : style.red("✗");
  const files = (what: string, paths: readonly string[]) => {
    const more = paths.length > most ? [`        … and ${paths.length - most} more`] : [];
    const shown = paths.slice(0, most).map((path) => `      ${what} ${printable(path)}`);
    return [...shown, ...more].map((line) => style.dim(line));
  };
  return [
    `  ${mark} ${printable(name)}${version === "" ? "" : ` ${printable(version)}`}`,
    ...(problem === "" ? [] : printable(problem, true).split("\n").map((line) => `      ${line}`)),
    ...files("missing", missing),
    ...files("edited ", edited),
    ...files("surplus", surplus),
  ];
}

/** Every aggregate of sources with what it has. */
export function aggregateLines({ aggregateState: { aggregates } }: DoctorDocument): string[] {
  return columns(
    aggregates.map(({ name, version, origin, sourceCount, stateDistribution }) => [
      printable(name),
      printable(version),
      origin,
      `${sourceCount} ${sourceCount === 1 ? "source" : "sources"}`,
      Object.entries(stateDistribution).map(([tag, count]) => `${tag} ${count}`).join(", "),
    ]),
    "  ",
  );
}
