import { invalidType } from "../errors.ts";
import type { ArgumentValue } from "../types.ts";
import { Type } from "./type.ts";

/**
 * One of a list of values, given as an array or as an `enum`.
 *
 * @example
 * ```ts
 * new Command().type("color", new EnumType(["red", "blue"])).option("--color <c:color>", "…");
 * ```
 */
export class EnumType<const TValue extends string | number | boolean> extends Type<TValue> {
  readonly #values: readonly TValue[];

  constructor(values: readonly TValue[] | Record<string, TValue>) {
    super();
    this.#values = Array.isArray(values) ? values : Object.values(values);
  }

  override parse(type: ArgumentValue): TValue {
    for (const value of this.#values) {
      if (value.toString() === type.value) return value;
    }
    throw invalidType(type, [...this.#values]);
  }

  override values(): TValue[] {
    return [...this.#values];
  }

  override complete(): TValue[] {
    return this.values();
  }
}
