import { modelSource } from "../repository_fixture.ts";

/** Source of a model whose type is the value of `NAME`, which `code` imports or declares. */
export function namedElsewhere(code: string): string {
  return `${code}\n${modelSource("x").replace('"x"', "NAME")}`;
}
