import type { StoredData } from "../../domain/data/data_store.ts";
import { UserError } from "../../domain/errors.ts";
import type { DataHandle } from "../../domain/models/model_type.ts";

/** A version that a run wrote, as the method knows it and as it lies in the store. */
export interface Written {
  readonly handle: DataHandle;
  readonly stored: StoredData;
}

/** Something that a method began to write and that must be completed or given up. */
export interface OpenWriter {
  /**
   * Completes the data if there is something to complete, else gives it up.
   *
   * @param succeeded whether the method did.
   */
  settle(succeeded: boolean): Promise<void>;
}

/** Everything that one run of a method, or of a report, writes. */
export class WrittenData {
  readonly #writer: "method" | "report";
  readonly #all: Written[] = [];
  readonly #writers = new Set<OpenWriter>();
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(writer: "method" | "report" = "method") {
    this.#writer = writer;
  }

  /** Every version written so far, in the order in which they were published. */
  get all(): readonly Written[] {
    return this.#all;
  }

  /** Notes a published version. */
  add(written: Written): DataHandle {
    this.#all.push(written);
    return written.handle;
  }

  /** The version that a handle stands for, if this run wrote it. */
  find(handle: DataHandle): Written | undefined {
    return this.#all.find((written) =>
      written.handle === handle ||
      (written.handle.name === handle.name && written.handle.version === handle.version)
    );
  }

  /**
   * Runs a write that the method may or may not wait for.
   *
   * @throws {UserError} `run_is_over` when the method has ended already.
   */
  async write<T>(work: () => Promise<T>): Promise<T> {
    this.requireOpen();
    const running = work();
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  /** Notes a writer that is neither completed nor given up. */
  open(writer: OpenWriter): void {
    this.requireOpen();
    this.#writers.add(writer);
  }

  /** Forgets a writer that is done. */
  done(writer: OpenWriter): void {
    this.#writers.delete(writer);
  }

  /**
   * Ends the writing: waits for writes that the method did not wait for, settles its open writers, and
   * refuses everything that comes later.
   */
  async close(succeeded: boolean): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    this.#closed = true;
    for (const writer of this.#writers) await writer.settle(succeeded);
    this.#writers.clear();
  }

  /** @throws {UserError} `run_is_over` when the method has ended already. */
  requireOpen(): void {
    if (!this.#closed) return;
    throw new UserError(
      "run_is_over",
      `The ${this.#writer} has ended; it cannot write data any more`,
    );
  }
}
