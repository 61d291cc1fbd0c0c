import { invalidType } from "../errors.ts";
import type { ArgumentValue } from "../types.ts";
import { Type } from "./type.ts";

/** `true` or `1`, `false` or `0`. */
export class BooleanType extends Type<boolean> {
  override parse(type: ArgumentValue): boolean {
    if (type.value === "true" || type.value === "1") return true;
    if (type.value === "false" || type.value === "0") return false;
    throw invalidType(type, ["true", "false", "1", "0"]);
  }

  override complete(): string[] {
    return ["true", "false"];
  }
}
