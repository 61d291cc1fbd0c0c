/**
 * What `model validate` looks at in one definition (contract: cli-core 6.6).
 *
 * @module
 */
import { closest } from "../../domain/closest.ts";
import { messageOf } from "../../domain/errors.ts";
import { misspeltExpressions } from "../../domain/expressions/misspelt_expressions.ts";
import { isTemplate } from "../../domain/expressions/template.ts";
import type { CheckDescriptor, ModelDescriptor } from "../../domain/extensions/descriptor.ts";
import type {
  BrokenDefinition,
  Definition,
  StoredDefinition,
} from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import type { ModelType } from "../../domain/models/model_type.ts";
import type { ModelTypes } from "../../domain/models/model_types.ts";
import { checkArguments } from "./check_arguments.ts";
import { someText } from "../expressions/text_mapping.ts";
import { declarationProblems } from "./declared_inputs.ts";
import { textsOf } from "./definition_texts.ts";
import { issueText } from "./issue_text.ts";
import { currentDefinition } from "./pending_upgrade.ts";
import type { CheckOutcome } from "./validation_checks.ts";
import { type ValidationWarning, validationWarnings } from "./validation_warnings.ts";

/** One thing that was looked at. */
export interface Validation {
  readonly name: string;
  readonly passed: boolean;
  readonly error?: string;
}

/** What came out for one definition. */
export interface DefinitionValidations {
  readonly validations: readonly Validation[];
  readonly warnings: readonly ValidationWarning[];
  readonly checksNotRun?: readonly string[];
}

/** Runs the checks of a type on a definition. */
export type CheckRunner = (
  definition: Definition,
  descriptor: ModelDescriptor,
  type: ModelType | string,
) => Promise<CheckOutcome>;

/** What {@linkcode validateDefinition} works with. */
export interface ValidationOptions {
  readonly types: ModelTypes;
  /** Every definition of the repository: what they share, and what they refer to. */
  readonly all: readonly StoredDefinition[];
  /** Files of definitions that could not be read. */
  readonly broken: readonly BrokenDefinition[];
  /** What any type is known to be, those of other definitions too. */
  readonly describe: (type: string) => Promise<ModelDescriptor | undefined>;
  readonly positionOf: DefinitionStore["positionOf"];
  readonly unknownFields: DefinitionStore["unknownFields"];
  readonly runChecks: CheckRunner;
}

/** Looks at one definition whose type is installed. */
export async function validateDefinition(
  stored: StoredDefinition,
  options: ValidationOptions,
): Promise<DefinitionValidations> {
  const { types, all, runChecks } = options;
  const { type: typeName } = stored.definition;
  const descriptor = types.describe(typeName)!;
  const type = await resolved(types, typeName);
  const { definition, notice, problem } = currentDefinition(stored.definition, type);
  const checks = await runChecks(definition, descriptor, type);
  const globalArguments = problem === undefined
    ? await globalArgumentIssues(definition, descriptor, type)
    : [problem];
  return {
    validations: [
      validation("Definition schema", [
        ...sharedIdentity(stored, all),
        ...declarationProblems(definition),
      ]),
      validation("Global arguments", globalArguments),
      validation("Method arguments", await methodArgumentIssues(definition, descriptor, type)),
      validation("Expression paths", await expressionBlocks(stored, options), "\n"),
      validation("Check selection", selectionProblems(definition, descriptor)),
      ...checks.run.map(({ name, errors }) => validation(`Check: ${name}`, errors)),
    ],
    warnings: await validationWarnings(definition, descriptor, {
      notice,
      unknownFields: await options.unknownFields(stored),
    }),
    ...(checks.notRun.length === 0 ? {} : { checksNotRun: checks.notRun }),
  };
}

function validation(name: string, problems: readonly string[], separator = "; "): Validation {
  if (problems.length === 0) return { name, passed: true };
  return { name, passed: false, error: problems.join(separator) };
}

/** The code of a type, or why there is none. */
async function resolved(types: ModelTypes, type: string): Promise<ModelType | string> {
  try {
    return await types.resolve(type);
  } catch (error) {
    return messageOf(error);
  }
}

function sharedIdentity(
  { definition, path }: StoredDefinition,
  all: readonly StoredDefinition[],
): string[] {
  const others = all.filter((other) => other.path !== path);
  return (["name", "id"] as const).flatMap((field) => {
    const same = others.filter((other) => other.definition[field] === definition[field]);
    if (same.length === 0) return [];
    const files = same.map(({ file }) => file).join(", ");
    return [`The ${field} "${definition[field]}" is also used by ${files}`];
  });
}

async function globalArgumentIssues(
  { globalArguments }: Definition,
  descriptor: ModelDescriptor,
  type: ModelType | string,
): Promise<string[]> {
  if (typeof type === "string") return [type];
  if (type.globalArguments === undefined) return [];
  const { issues } = await checkArguments(
    type.globalArguments,
    descriptor.globalArguments,
    globalArguments,
  );
  return issues.length === 0 ? [] : [issueText(issues)];
}

async function methodArgumentIssues(
  { methods }: Definition,
  descriptor: ModelDescriptor,
  type: ModelType | string,
): Promise<string[]> {
  if (typeof type === "string") return [];
  const problems: string[] = [];
  for (const [name, stored] of Object.entries(methods)) {
    if (!Object.hasOwn(type.methods, name)) {
      const names = Object.keys(type.methods);
      const meant = closest(name, names);
      const suggestion = meant === undefined
        ? `Available methods: ${names.join(", ") || "none"}`
        : `Did you mean "${meant}"?`;
      problems.push(`Method "${name}": Unknown method for type '${descriptor.raw}'. ${suggestion}`);
    } else if (stored.arguments !== undefined) {
      const jsonSchema = descriptor.methods.find((method) => method.name === name)?.arguments;
      const { issues } = await checkArguments(
        type.methods[name]!.arguments,
        jsonSchema,
        stored.arguments,
      );
      if (issues.length > 0) problems.push(`Method "${name}": ${issueText(issues)}`);
    }
  }
  return problems;
}

/** One block of lines for each problem. */
async function expressionBlocks(
  stored: StoredDefinition,
  { all, broken, describe, positionOf }: ValidationOptions,
): Promise<string[]> {
  const { definition } = stored;
  const misspelt = await misspeltBlocks(stored, positionOf);
  const problems = someText(definition, isTemplate)
    ? await (await import("../expressions/expression_problems.ts")).expressionProblems(stored, {
      find: (nameOrId) => namedOrIdentified(all, nameOrId),
      names: all.map((other) => other.definition.name),
      ...{ broken, describe },
      positionOf: (...place) => positionOf(stored, ...place),
    })
    : [];
  return [...misspelt, ...problems].map(({ expression, lines }) =>
    [`  - ${expression}`, ...lines.map((line) => `    ${line}`)].join("\n")
  );
}

/** Texts that look as if somebody had meant an expression. */
async function misspeltBlocks(
  stored: StoredDefinition,
  positionOf: ValidationOptions["positionOf"],
): Promise<{ readonly expression: string; readonly lines: readonly string[] }[]> {
  const blocks = [];
  const isShell = stored.definition.type === "command/shell";
  for (const { label, steps, text } of textsOf(stored.definition)) {
    for (const { form, suggestion, text: expression } of misspeltExpressions(text, isShell)) {
      const place = await positionOf(stored, steps, expression, 0);
      const lines = [
        `Expression uses ${form} instead of \${{...}} at "${label}"`,
        suggestion,
        ...place === undefined ? [] : [`at ${stored.file}:${place.line}:${place.column}`],
      ];
      blocks.push({ expression, lines });
    }
  }
  return blocks;
}

function namedOrIdentified(
  all: readonly StoredDefinition[],
  nameOrId: string,
): Definition | undefined {
  const found = all.find(({ definition }) => definition.name === nameOrId) ??
    all.find(({ definition }) => definition.id.toLowerCase() === nameOrId.toLowerCase());
  return found?.definition;
}

function selectionProblems({ checks }: Definition, descriptor: ModelDescriptor): string[] {
  const names = descriptor.checks.map(({ name }) => name);
  const { require: required = [], skip = [] } = checks ?? {};
  const missing = (chosen: readonly string[], verb: string) =>
    chosen.filter((name) => !names.includes(name)).map((name) =>
      `${verb} check "${name}" not found on model type "${descriptor.raw}"`
    );
  const contradictory = required.filter((name) => skip.includes(name)).map((name) =>
    `Check "${name}" is in both require and skip lists — skip takes precedence`
  );
  return [
    ...missing(required, "Required"),
    ...missing(skip, "Skipped"),
    ...contradictory,
    ...descriptor.checks.flatMap((check) => applicabilityProblems(check, descriptor)),
  ];
}

function applicabilityProblems(
  { name, appliesTo }: CheckDescriptor,
  { methods }: ModelDescriptor,
): string[] {
  if (appliesTo === undefined) return [];
  if (appliesTo.length === 0) {
    return [
      `Check "${name}" has empty appliesTo array — it will never run. ` +
      "Remove appliesTo to run on all mutating methods",
    ];
  }
  return appliesTo
    .filter((method) => !methods.some((known) => known.name === method))
    .map((method) => `Check "${name}" references unknown method "${method}" in appliesTo`);
}
