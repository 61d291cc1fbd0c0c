import type {
  AllValidationsDocument,
  ModelValidationDocument,
} from "../../../libswamp/models/validate.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** What was found in one definition. */
export function renderValidation(document: ModelValidationDocument, page: Page): string {
  const passed = document.validations.filter((validation) => validation.passed).length;
  return [
    ...modelLines(document, page),
    "",
    `Summary: ${passed}/${document.validations.length} validations passed`,
    `Result: ${verdict(document.passed, page)}`,
  ].join("\n");
}

/** What was found in all definitions. */
export function renderAllValidations(
  { models, totalPassed, passed }: AllValidationsDocument,
  page: Page,
): string {
  if (models.length === 0) return "No models found";
  return [
    ...models.flatMap((model) => [...modelLines(model, page), ""]),
    `Summary: ${totalPassed}/${models.length} models passed`,
    `Overall: ${verdict(passed, page)}`,
  ].join("\n");
}

function modelLines(
  { modelName, type, validations, warnings, checksNotRun = [] }: ModelValidationDocument,
  { style }: Page,
): string[] {
  return [
    // The type of a definition that cannot be read is not always known.
    style.bold(`Validating: ${printable(modelName)}${type === "" ? "" : ` (${printable(type)})`}`),
    ...validations.flatMap(({ name, passed, error }) =>
      passed
        ? [`  ${style.green("✓")} ${name}`]
        : [`  ${style.red("✗")} ${name}`, ...errorLines(error ?? "")]
    ),
    ...warnings.flatMap(({ name, message, envVars }) => [
      `  ${style.yellow("⚠")} ${name}: ${printable(message)}`,
      ...(envVars ?? []).map(({ path, envVar }) => `      ${envVar} at ${printable(path)}`),
    ]),
    ...(checksNotRun.length === 0
      ? []
      : [style.dim(`  Checks not run: ${checksNotRun.join(", ")}`)]),
  ];
}

function errorLines(error: string): string[] {
  const [first = "", ...rest] = printable(error, true).split("\n");
  return [`    → ${first.trimStart()}`, ...rest.map((line) => `    ${line}`)];
}

function verdict(passed: boolean, { style }: Page): string {
  return passed ? style.green("PASSED") : style.red("FAILED");
}
