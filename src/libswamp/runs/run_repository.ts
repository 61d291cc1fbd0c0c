import { removeSecrets } from "../data/secret_removal.ts";
import { createDataRepositoryView, type DataRepositoryView } from "./data_repository_view.ts";
import { isTextType, redactFile } from "./file_redaction.ts";
import { type MethodRun, warn } from "./method_run.ts";

/**
 * The data of the repository for the code of a run: what it saves is kept without the secrets that the
 * run knows, and with what it deletes its secrets go too.
 *
 * @param written what the code writes; that of the method unless told.
 */
export function createRunRepository(run: MethodRun, written = run.written): DataRepositoryView {
  return createDataRepositoryView(run.data, {
    write: (work) => written.write(work),
    tagging: (tags) => run.redactor.redactData(tags),
    storing: (data, content) => withoutSecrets(run, data, content),
    publishing: async ({ name, contentType = "" }, path) => {
      if (await redactFile(path, run.redactor, !isTextType(contentType))) warnOfSecret(run, name);
    },
    removing: async (removals) => {
      const { warnings } = await removeSecrets(run, removals);
      for (const warning of warnings) warn(run, { ...warning });
    },
  });
}

function withoutSecrets(
  run: MethodRun,
  { name, contentType = "" }: { readonly name: string; readonly contentType?: string },
  content: Uint8Array,
): Uint8Array {
  const filter = run.redactor.filter(!isTextType(contentType));
  const kept = filter.whole(content);
  if (!filter.found) return content;
  warnOfSecret(run, name);
  return kept;
}

function warnOfSecret(run: MethodRun, name: string): void {
  warn(run, {
    code: "secret_redacted",
    message: `Data "${name}" would hold a secret; *** is stored instead`,
    name,
  });
}
