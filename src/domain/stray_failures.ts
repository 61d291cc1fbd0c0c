/**
 * Failures of code that nobody waits for: forgotten promises, callbacks of timers. Left alone they end
 * the process, with half-written work behind them and words of the runtime in front of the user.
 *
 * @module
 */

/**
 * Is told of a stray failure. Gives `false` for one that is none of its business: then who listened
 * before is asked, and at last the runtime ends the process.
 */
export type StrayHandler = (error: unknown) => boolean | void;

/** The innermost handler is the last. */
const handlers: StrayHandler[] = [];

/**
 * Catches stray failures, before anybody who listens already.
 *
 * @returns what ends the catching.
 *
 * @example
 * ```ts
 * using _strays = onStrayFailure((error) => console.warn(error));
 * ```
 */
export function onStrayFailure(handle: StrayHandler): Disposable {
  // Each handler is an object of its own here, so that one function can listen twice.
  const own: StrayHandler = (error) => handle(error);
  if (handlers.push(own) === 1) listen();
  return {
    [Symbol.dispose]: () => {
      const index = handlers.indexOf(own);
      if (index >= 0) handlers.splice(index, 1);
      if (handlers.length === 0) stopListening();
    },
  };
}

function listen(): void {
  globalThis.addEventListener("unhandledrejection", onRejection);
  globalThis.addEventListener("error", onError);
}

function stopListening(): void {
  globalThis.removeEventListener("unhandledrejection", onRejection);
  globalThis.removeEventListener("error", onError);
}

function onRejection(event: PromiseRejectionEvent): void {
  if (isHandled(event.reason)) event.preventDefault();
}

function onError(event: ErrorEvent): void {
  if (isHandled(event.error)) event.preventDefault();
}

function isHandled(error: unknown): boolean {
  return handlers.toReversed().some((handle) => handle(error) !== false);
}
