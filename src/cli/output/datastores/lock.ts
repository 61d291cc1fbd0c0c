import type { LockReleaseDocument } from "../../../libswamp/datastores/lock_release.ts";
import type {
  HeldLockDocument,
  LockStatusDocument,
} from "../../../libswamp/datastores/lock_status.ts";
import { columns } from "../columns.ts";
import type { Page } from "../output.ts";
import { printable } from "../printable.ts";

/** Every lock that is held, one paragraph each. */
export function renderLockStatus(
  { datastore, global, models }: LockStatusDocument,
  { style }: Page,
): string {
  const held = [
    ...(global === null ? [] : [{ scope: "global", lock: global }]),
    ...models.map(({ model, ...lock }) => ({ scope: model, lock })),
  ];
  if (held.length === 0) return "Lock Status: no lock held";
  return held.map(({ scope, lock }) => {
    const state = lock.stale ? style.yellow("stale") : style.red("locked");
    return [
      `Lock Status: ${state} [${printable(scope)}]`,
      ...columns(
        [...holderRows(lock), ["Backend:", datastore], ["Scope:", printable(scope)]],
        "  ",
      ),
    ].join("\n");
  }).join("\n\n");
}

/** What was done about a lock. */
export function renderReleasedLock(
  { released, reason, previousHolder }: LockReleaseDocument,
  { style }: Page,
): string {
  if (!released) return `Nothing released: ${reason}`;
  const rows = previousHolder === undefined ? [] : holderRows(previousHolder);
  return [style.green("Released the lock"), ...columns(rows, "  ")].join("\n");
}

function holderRows({ holder, pid, hostname, acquiredAt, ttlMs }: HeldLockDocument): string[][] {
  if (holder === undefined) return [["Holder:", "unknown, the lock does not tell"]];
  return [
    ["Holder:", printable(holder)],
    ["PID:", String(pid)],
    ["Hostname:", printable(String(hostname))],
    ["Acquired:", printable(String(acquiredAt))],
    ["TTL:", `${ttlMs}ms`],
  ];
}
