import type { SourceCondition } from "../../domain/extensions/extension_health.ts";

/** The states of a source in documents (contract: extensions 4). */
export const STATE_TAGS: Readonly<Record<SourceCondition, string>> = {
  ok: "Indexed",
  helper: "Helper",
  shadowed: "Tombstoned",
  unbuildable: "BundleBuildFailed",
  invalid: "ValidationFailed",
  damaged: "BundleDamaged",
};
