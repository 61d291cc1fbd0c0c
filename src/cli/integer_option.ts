import { UserError } from "../domain/errors.ts";
import type { OptionValues } from "./command_spec.ts";

/**
 * The value of an option that counts something, `undefined` when it is not given (contract: IMP-55).
 *
 * @param name of the option as it is parsed, in camel case.
 * @throws {UserError} `invalid_argument` for everything but whole numbers of 1 or more.
 *
 * @example
 * ```ts
 * positiveInteger({ limit: 5 }, "limit"); // 5
 * positiveInteger({ limit: 0 }, "limit"); // throws
 * ```
 */
export function positiveInteger(options: OptionValues, name: string): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UserError(
    "invalid_argument",
    `Option "${flag}" must be an integer of 1 or more, but got "${value}".`,
  );
}
