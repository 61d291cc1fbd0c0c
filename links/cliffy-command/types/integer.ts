import { invalidType } from "../errors.ts";
import type { ArgumentValue } from "../types.ts";
import { Type } from "./type.ts";

/** A whole number. */
export class IntegerType extends Type<number> {
  override parse(type: ArgumentValue): number {
    const value = Number(type.value);
    if (!Number.isInteger(value)) throw invalidType(type);
    return value;
  }
}
