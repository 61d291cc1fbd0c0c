import type { ArgumentValue } from "../types.ts";
import { Type } from "./type.ts";

/** Any text. */
export class StringType extends Type<string> {
  override parse({ value }: ArgumentValue): string {
    return value;
  }
}
