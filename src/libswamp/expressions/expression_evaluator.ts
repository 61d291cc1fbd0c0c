import {
  evaluateExpression,
  ExpressionError,
  type ParsedExpression,
  type Variables,
} from "../../domain/expressions/cel.ts";
import { type LateValue, replaceLateValues } from "../../domain/expressions/late_value.ts";
import {
  DataNamespace,
  FileNamespace,
  VaultNamespace,
} from "../../domain/expressions/namespaces.ts";
import { lateValueAt, lateValueOf, residualSource } from "../../domain/expressions/residual.ts";
import type { EmbeddedExpression } from "../../domain/expressions/template.ts";
import type { StoredDefinition } from "../../domain/models/definition.ts";
import { createDataFunctions, RecordReader } from "./data_functions.ts";
import type { ExpressionSession } from "./expression_session.ts";
import { missingKeyText } from "./missing_key.ts";
import { type DefinitionView, modelVariable } from "./model_variable.ts";
import { lateSecrets, revealedSecrets } from "./secret_references.ts";
import { replaceTexts } from "./text_mapping.ts";

/** What an expression sees besides what all expressions see. */
export interface ExpressionScope {
  /** The variable `self`. */
  readonly self?: () => DefinitionView;
  /** The variable `inputs`; expressions that mention it wait for a run where it is missing. */
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  /** A definition whose expressions are evaluated, for `model`. */
  readonly view: (stored: StoredDefinition) => Promise<DefinitionView>;
}

/** What became of an expression. */
export type Outcome =
  | { readonly kind: "value"; readonly value: unknown }
  /** It waits for a run, as this template. */
  | { readonly kind: "deferred"; readonly template: string }
  | { readonly kind: "unresolved"; readonly error: ExpressionError; readonly needsRun: boolean };

/** Evaluates single expressions, before a run and in one. */
export class ExpressionEvaluator {
  readonly #session: ExpressionSession;

  constructor(session: ExpressionSession) {
    this.#session = session;
  }

  /** Evaluates what can be known without secrets and environment variables. */
  async evaluate(expression: EmbeddedExpression, scope: ExpressionScope): Promise<Outcome> {
    let parsed: ParsedExpression;
    try {
      parsed = this.#parse(expression);
    } catch (error) {
      return unresolved(error, false);
    }
    const { roots } = parsed.references;
    const waits = needsRun(parsed) || (scope.inputs === undefined && roots.has("inputs"));
    const { variables, missing } = await this.#variables(parsed, scope, "early");
    if (waits) return await deferred(expression, parsed, variables);
    try {
      return { kind: "value", value: await evaluateExpression(parsed, variables) };
    } catch (error) {
      if (error instanceof ExpressionError && error.kind === "late") {
        const reason = lateReason(parsed, variables);
        if (reason === undefined) return await deferred(expression, parsed, variables);
        return unresolved(new ExpressionError("value", reason, error.index), false);
      }
      return unresolved(await this.#explained(error, parsed, variables, missing), false);
    }
  }

  /** Evaluates an expression wholly. Texts with secrets in them come as tokens. */
  async resolve(expression: EmbeddedExpression, scope: ExpressionScope): Promise<Outcome> {
    let needs = false;
    try {
      const parsed = this.#parse(expression);
      needs = needsRun(parsed);
      const value = await this.#revealedValue(parsed, scope);
      const mayBePart = parsed.references.roots.has("vault");
      return {
        kind: "value",
        value: replaceTexts(value, (text) => this.#session.guarded(text, mayBePart)),
      };
    } catch (error) {
      return unresolved(error, needs);
    }
  }

  /** What CEL text gives that depends on no definition. */
  async revealed(late: LateValue): Promise<unknown> {
    if (late.reason !== undefined) throw new ExpressionError("value", late.reason);
    if (late.source === undefined) return late;
    const scope = { view: () => Promise.reject(new Error("There is no definition")) };
    return await this.#revealedValue(this.#session.parse(late.source), scope);
  }

  #parse(expression: EmbeddedExpression): ParsedExpression {
    if (expression.closed) return this.#session.parse(expression.source);
    throw new ExpressionError("syntax", "The expression has no end: }} is missing");
  }

  /** Secrets that the expression does not look at are not read. */
  async #revealedValue(parsed: ParsedExpression, scope: ExpressionScope): Promise<unknown> {
    const { variables, missing } = await this.#variables(parsed, scope, "run");
    try {
      return await evaluateExpression(parsed, variables);
    } catch (error) {
      if (!(error instanceof ExpressionError) || error.kind !== "late") {
        throw await this.#explained(error, parsed, variables, missing);
      }
      const reason = lateReason(parsed, variables);
      if (reason !== undefined) throw new ExpressionError("value", reason, error.index);
    }
    const all = await this.#variables(parsed, scope, "revealed");
    try {
      return await evaluateExpression(parsed, all.variables);
    } catch (error) {
      throw await this.#explained(error, parsed, all.variables, all.missing);
    }
  }

  /** The variables that an expression mentions. */
  async #variables(
    parsed: ParsedExpression,
    { self, inputs, view }: ExpressionScope,
    stage: "early" | "run" | "revealed",
  ): Promise<{ readonly variables: Variables; readonly missing: readonly MissingText[] }> {
    const { references: { roots, paths }, cel } = parsed;
    const { sources } = this.#session;
    const missing: MissingText[] = [];
    const isRun = stage !== "early";
    const secret = (vault: string, key: string) => this.#session.secret(vault, key);
    const options = {
      withContent: /\bcontent\b/.test(cel.text),
      attributes: stage === "revealed"
        ? revealedSecrets((late) => this.revealed(late))
        : lateSecrets,
      onMissing: (sentence: MissingText) => void missing.push(sentence),
    };
    const functions = createDataFunctions(sources, options);
    const reader = new RecordReader(sources.openData, options);
    const models = paths.filter(({ root }) => root === "model");
    const known: Record<string, unknown> = {
      ...(self === undefined || !roots.has("self") ? {} : { self: self() }),
      ...(inputs === undefined ? {} : { inputs }),
      ...(roots.has("model")
        ? { model: await modelVariable(models, { sources, reader, view }) }
        : {}),
    };
    const revealed = stage === "revealed"
      ? await replaceLateValues(known, (late) => this.revealed(late)) as Record<string, unknown>
      : known;
    return {
      missing,
      variables: {
        ...revealed,
        data: new DataNamespace(functions),
        file: new FileNamespace(functions),
        ...(isRun && roots.has("env") ? { env: this.#session.environment } : {}),
        ...(isRun ? { vault: new VaultNamespace({ get: secret }) } : {}),
      },
    };
  }

  async #explained(
    error: unknown,
    parsed: ParsedExpression,
    variables: Variables,
    missing: readonly MissingText[],
  ): Promise<unknown> {
    if (!(error instanceof ExpressionError) || error.kind !== "value") return error;
    const [, key] = /^No such key: (.*)$/s.exec(error.message) ?? [];
    const notFound = key === undefined ? [] : await sentences(missing);
    const text = key === undefined
      ? undefined
      : await missingKeyText(key, parsed, variables, this.#session.sources);
    const reason = [text ?? error.message, ...notFound].join(". ");
    return new ExpressionError("value", reason, error.index, { cause: error.cause });
  }
}

/** Makes a sentence about something that is not there. */
type MissingText = () => Promise<string>;

async function sentences(missing: readonly MissingText[]): Promise<readonly string[]> {
  return [...new Set(await Promise.all(missing.map((sentence) => sentence())))];
}

function needsRun({ references: { roots } }: ParsedExpression): boolean {
  return roots.has("env") || roots.has("vault");
}

/** Why a late value that the expression looks at will never be there. */
function lateReason({ references }: ParsedExpression, variables: Variables): string | undefined {
  return references.paths.map((path) => lateValueAt(path, variables)?.reason)
    .find((reason) => reason !== undefined);
}

async function deferred(
  expression: EmbeddedExpression,
  parsed: ParsedExpression,
  variables: Variables,
): Promise<Outcome> {
  const late = lateValueOf(parsed.tree, variables);
  if (late?.template !== undefined) return { kind: "deferred", template: late.template };
  const residual = await residualSource(parsed, variables);
  const template = residual === undefined ? expression.text : `\${{ ${residual} }}`;
  return { kind: "deferred", template };
}

function unresolved(error: unknown, needsRun: boolean): Outcome {
  if (error instanceof ExpressionError) return { kind: "unresolved", error, needsRun };
  throw error;
}
