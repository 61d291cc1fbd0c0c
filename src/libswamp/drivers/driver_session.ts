import { IN_PROCESS } from "../../domain/drivers/driver_selection.ts";
import type { DriverHost } from "../../domain/drivers/driver_host.ts";
import type {
  ExecutionCallbacks,
  ExecutionDriver,
  ExecutionRequest,
  ExecutionResult,
} from "../../domain/drivers/execution_driver.ts";
import type { RunAccess } from "../../domain/drivers/run_access.ts";
import { messageOf, UserError } from "../../domain/errors.ts";
import { guarded } from "../runs/guarded_execution.ts";
import type { OpenedDriver } from "./open_driver.ts";

/** How long a driver may take to shut down, and how long where somebody waits for the end of it all. */
const SHUTDOWN_MILLISECONDS = { usual: 5_000, cancelled: 1_000 };

/** What a session needs beside the driver. */
export interface SessionFrame {
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly host: () => Promise<DriverHost>;
  /** Told why shutting down failed; the run goes on. */
  readonly warn: (message: string) => void;
}

/**
 * A driver from its creation, at the first call, to its end. Its code is that of an extension, so all of
 * it is called with care: it cannot end the process, and it is left behind once the run is cancelled.
 */
export class DriverSession implements AsyncDisposable {
  readonly #opened: OpenedDriver;
  readonly #frame: SessionFrame;
  #driver: Promise<ExecutionDriver> | undefined;

  constructor(opened: OpenedDriver, frame: SessionFrame) {
    this.#opened = opened;
    this.#frame = frame;
  }

  /**
   * Runs a method.
   *
   * @throws whatever the driver throws; {@linkcode UserError} `invalid_driver` for one that is none,
   * `cancelled`.
   */
  async execute(
    request: ExecutionRequest,
    callbacks: ExecutionCallbacks,
    access: RunAccess,
  ): Promise<ExecutionResult> {
    const driver = await (this.#driver ??= this.#create());
    const result: unknown = await guarded(
      this.#frame.signal,
      async () => await driver.execute(request, callbacks, access),
      driver.type === IN_PROCESS ? "method" : "driver",
    );
    return checkedResult(this.#opened.provider.raw, result);
  }

  /** Shuts the driver down, if it was ever ready. */
  async [Symbol.asyncDispose](): Promise<void> {
    const driver = await this.#driver?.catch(() => undefined);
    if (driver?.shutdown === undefined) return;
    const limit = SHUTDOWN_MILLISECONDS[this.#frame.signal.aborted ? "cancelled" : "usual"];
    const tooLong = Promise.withResolvers<never>();
    const timer = setTimeout(() => tooLong.reject(new Error("it does not end")), limit);
    try {
      const never = new AbortController().signal;
      await guarded(
        never,
        () => Promise.race([driver.shutdown!(), tooLong.promise]),
        "driver",
      );
    } catch (error) {
      this.#frame.warn(
        `Driver '${this.#opened.provider.raw}' could not be shut down: ${messageOf(error)}`,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async #create(): Promise<ExecutionDriver> {
    const { provider: { raw, create }, config } = this.#opened;
    return await guarded(this.#frame.signal, async () => {
      const factory = create as (config: unknown, host: () => Promise<DriverHost>) => unknown;
      const driver: unknown = await factory(config, this.#frame.host);
      if (!isDriver(driver)) {
        throw new UserError(
          "invalid_driver",
          `createDriver for driver type '${raw}' returned an invalid driver: it has no execute.`,
        );
      }
      await driver.initialize?.();
      return driver;
    }, "driver");
  }
}

function isDriver(value: unknown): value is ExecutionDriver {
  return typeof (value as ExecutionDriver | null | undefined)?.execute === "function";
}

/** A result with everything in it; drivers of extensions may leave out what they have nothing to say of. */
function checkedResult(raw: string, value: unknown): ExecutionResult {
  const result = value as Partial<ExecutionResult> | null | undefined;
  if (result?.status !== "success" && result?.status !== "error") {
    throw new UserError(
      "invalid_driver",
      `Driver '${raw}' returned an invalid result: status must be "success" or "error".`,
    );
  }
  const list = <T>(field: readonly T[] | undefined) => Array.isArray(field) ? field : [];
  return {
    ...result,
    status: result.status,
    outputs: list(result.outputs),
    logs: list(result.logs),
    durationMs: result.durationMs ?? 0,
  };
}
