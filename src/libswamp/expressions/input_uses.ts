import { expressionsIn, isTemplate } from "../../domain/expressions/template.ts";
import { someText } from "./text_mapping.ts";

/** Names of the inputs that expressions anywhere inside `value` refer to, outside of `has(…)`. */
export async function referencedInputs(value: unknown): Promise<Set<string>> {
  const names = new Set<string>();
  if (!someText(value, isTemplate)) return names;
  const { parseExpression } = await import("../../domain/expressions/cel.ts");
  someText(value, (text) => {
    for (const { source } of expressionsIn(text)) {
      try {
        for (const { root, steps: [step], guarded } of parseExpression(source).references.paths) {
          if (root !== "inputs" || guarded) continue;
          if (step !== undefined && "key" in step) names.add(step.key);
        }
      } catch {
        // Reported when it is evaluated.
      }
    }
    return false;
  });
  return names;
}
