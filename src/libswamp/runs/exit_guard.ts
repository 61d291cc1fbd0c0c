import { UserError } from "../../domain/errors.ts";

/**
 * Keeps extension code from ending swamp: until it is disposed, `Deno.exit` fails the method or report
 * that calls it, so that the run is recorded and the lock released.
 *
 * @param fail told of the first call, which the code could otherwise swallow
 */
export function guardExit(
  fail: (error: UserError) => void,
  caller: "method" | "report" | "driver" | "datastore" = "method",
): Disposable {
  const { exit } = Deno;
  Deno.exit = (code) => {
    const error = new UserError(
      `${caller}_called_exit`,
      `The ${caller} called Deno.exit(${code ?? ""}). Throw an error to fail, return to succeed.`,
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
