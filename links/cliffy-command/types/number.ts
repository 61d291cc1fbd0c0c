import { invalidType } from "../errors.ts";
import type { ArgumentValue } from "../types.ts";
import { Type } from "./type.ts";

/** A finite number. */
export class NumberType extends Type<number> {
  override parse(type: ArgumentValue): number {
    const value = Number(type.value);
    if (!Number.isFinite(value)) throw invalidType(type);
    return value;
  }
}
