import { UserError } from "../errors.ts";
import type { VaultService } from "./vault_service.ts";

/** How long deleting a secret may take after the interruption: it is how a run cleans up. */
const CLEANING_MILLISECONDS = 1_000;

/**
 * The same vaults for somebody who may be interrupted: what a vault type is doing then is no longer
 * waited for, whether or not it ever ends. Nothing is read or put from then on.
 *
 * @throws {UserError} `cancelled`, every method from the interruption on.
 */
export function interruptibleVaults(service: VaultService, signal: AbortSignal): VaultService {
  const unlessAborted = async <T>(work: () => Promise<T>): Promise<T> => {
    if (signal.aborted) throw cancelled(signal);
    return await orInterrupted(work(), signal);
  };
  return {
    get: (vault, key) => unlessAborted(() => service.get(vault, key)),
    put: (vault, key, value) => unlessAborted(() => service.put(vault, key, value)),
    list: (vault) => unlessAborted(() => service.list(vault)),
    getVaultNames: () => unlessAborted(() => service.getVaultNames()),
    open: (vault) => unlessAborted(() => service.open(vault)),
    delete: (vault, key) =>
      orInterrupted(service.delete(vault, key), signal, CLEANING_MILLISECONDS),
  };
}

/** The result of `work`, or a failure some milliseconds after the interruption. */
async function orInterrupted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  milliseconds = 0,
): Promise<T> {
  const interruption = Promise.withResolvers<never>();
  interruption.promise.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const interrupt = () => {
    timer = setTimeout(() => interruption.reject(cancelled(signal)), milliseconds);
  };
  if (signal.aborted) interrupt();
  signal.addEventListener("abort", interrupt);
  // Nobody may be waiting any more when it ends.
  work.catch(() => {});
  try {
    return await Promise.race([work, interruption.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupt);
  }
}

function cancelled({ reason }: AbortSignal): UserError {
  return new UserError("cancelled", "cancelled", {
    ...(reason instanceof UserError ? { exitCode: reason.exitCode } : {}),
    cause: reason,
  });
}
