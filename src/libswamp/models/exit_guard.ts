import { UserError } from "../../domain/errors.ts";

/**
 * Keeps extension code from ending swamp: until it is disposed, `Deno.exit` fails the method that
 * calls it, so that the run is recorded and the lock released.
 *
 * @param fail told of the first call, which a method could otherwise swallow
 */
export function guardExit(fail: (error: UserError) => void): Disposable {
  const { exit } = Deno;
  Deno.exit = (code) => {
    const error = new UserError(
      "method_called_exit",
      `The method called Deno.exit(${code ?? ""}). Throw an error to fail, return to succeed.`,
    );
    fail(error);
    throw error;
  };
  return {
    [Symbol.dispose]: () => {
      Deno.exit = exit;
    },
  };
}
