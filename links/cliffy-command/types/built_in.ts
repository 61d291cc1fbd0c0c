import { BooleanType } from "./boolean.ts";
import { CommandType } from "./command.ts";
import { FileType } from "./file.ts";
import { IntegerType } from "./integer.ts";
import { NumberType } from "./number.ts";
import { SecretType } from "./secret.ts";
import { StringType } from "./string.ts";
import type { Type } from "./type.ts";

/** The types that every command knows. */
export const BUILT_IN_TYPES: ReadonlyMap<string, Type<unknown>> = new Map<string, Type<unknown>>([
  ["string", new StringType()],
  ["number", new NumberType()],
  ["integer", new IntegerType()],
  ["boolean", new BooleanType()],
  ["file", new FileType()],
  ["secret", new SecretType()],
  ["command", new CommandType()],
]);
