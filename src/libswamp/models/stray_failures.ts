/**
 * Catches failures of code that nobody waits for: forgotten promises, callbacks of timers. Without this
 * they would end the process, with a half-written run behind them.
 *
 * @returns what ends the catching.
 */
export function onStrayFailure(handle: (error: unknown) => void): Disposable {
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    handle(event.reason);
  };
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    handle(event.error);
  };
  globalThis.addEventListener("unhandledrejection", onRejection);
  globalThis.addEventListener("error", onError);
  return {
    [Symbol.dispose]: () => {
      globalThis.removeEventListener("unhandledrejection", onRejection);
      globalThis.removeEventListener("error", onError);
    },
  };
}
