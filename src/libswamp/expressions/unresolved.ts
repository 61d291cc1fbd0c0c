import { UserError } from "../../domain/errors.ts";
import type { ExpressionError } from "../../domain/expressions/cel.ts";
import type { EmbeddedExpression } from "../../domain/expressions/template.ts";
import type { StoredDefinition } from "../../domain/models/definition.ts";
import type { DefinitionStore } from "../../domain/models/definition_store.ts";
import { pathText, type ValuePath } from "./text_mapping.ts";

/** An expression that has no value. */
export interface Unresolved {
  readonly path: ValuePath;
  readonly expression: EmbeddedExpression;
  readonly error: ExpressionError;
  /** Whether it mentions secrets or environment variables. */
  readonly needsRun: boolean;
}

/** An expression that has no value, in documents (contract: cli-core IMP-39a). */
export interface UnresolvedDocument {
  /** `globalArguments.region`, `methods.sync.arguments.list[0]`. */
  readonly path: string;
  /** `${{ … }}` */
  readonly expression: string;
  readonly reason: string;
  /** Relative to the repository. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Where an expression is that has no value, and why. */
export async function unresolvedDocument(
  definitions: DefinitionStore,
  stored: StoredDefinition,
  { path, expression, error }: Unresolved,
): Promise<UnresolvedDocument> {
  const offset = error.index === undefined
    ? 0
    : expression.sourceStart - expression.start + error.index;
  const place = await definitions.positionOf(stored, path, expression.text, offset);
  return {
    path: pathText(path),
    expression: expression.text,
    reason: error.message,
    ...(place === undefined ? {} : { file: stored.file, ...place }),
  };
}

/** A sentence's end that says where an expression is: `globalArguments.x (models/…/a.yaml:7:12)`. */
export function placeText({ path, file, line, column }: UnresolvedDocument): string {
  return file === undefined ? path : `${path} (${file}:${line}:${column})`;
}

/** The failure of a definition with expressions that no evaluation can make sense of. */
export function syntaxFailure(all: readonly UnresolvedDocument[]): UserError {
  const lines = all.map((one) => `${placeText(one)}: ${one.reason}\n    ${one.expression}`);
  return new UserError(
    "invalid_expression",
    `Invalid expression at ${lines.join("\nInvalid expression at ")}`,
    { fields: { unresolved: all } },
  );
}

/** The failure of a run that needs the values of these expressions. */
export function runFailure(
  all: readonly (Unresolved & { readonly document: UnresolvedDocument })[],
): UserError {
  const [first] = all;
  const documents = all.map(({ document }) => document);
  const lines = documents.map((document) =>
    `  ${placeText(document)}: ${document.expression}` +
    (all.length === 1 ? "" : `\n    ${document.reason}`)
  );
  const cause = first?.error.cause;
  const isVault = cause instanceof UserError && cause.message === first?.error.message;
  const reason = first?.error.message ?? "";
  return new UserError(
    isVault ? cause.code : "unresolved_expression",
    `Method execution failed: ${isVault ? "" : "Invalid expression: "}${reason}\n${
      lines.join("\n")
    }`,
    { fields: { unresolved: documents, ...(isVault ? cause.fields : {}) }, cause },
  );
}
