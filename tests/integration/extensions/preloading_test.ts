import { deepEqual, match, ok } from "node:assert/strict";
import { join, toFileUrl } from "@std/path";
import { indexBundles } from "../../../src/infrastructure/extensions/index_process.ts";
import type { IndexAnswer } from "../../../src/infrastructure/extensions/index_protocol.ts";
import { PreparedWorker } from "../../../src/infrastructure/extensions/index_worker_process.ts";
import { denoExecutable } from "../../../src/infrastructure/runtime/deno_executable.ts";
import { programFile } from "../../../src/infrastructure/runtime/program_files.ts";

const VAULT = `export const vault = {
  type: "@acme/vault", name: "Vault", description: "", createProvider: () => ({}),
};
`;

/** Indexes a bundle with a worker that was let preload a library before. */
async function indexed(
  bundle: string,
  library: string,
  { importLimit = 20_000 } = {},
): Promise<IndexAnswer> {
  const folder = await Deno.makeTempDir();
  const { path, configArguments } = await programFile("index_worker");
  const worker = {
    deno: await denoExecutable(),
    program: path,
    programArguments: configArguments,
    readable: [folder],
    importLimit,
  };
  const urlOf = (name: string) => toFileUrl(join(folder, name)).href;
  Deno.writeTextFileSync(join(folder, "library.js"), library);
  Deno.writeTextFileSync(join(folder, "bundle.js"), bundle);
  try {
    await using prepared = new PreparedWorker(worker);
    prepared.preload([urlOf("library.js")]);
    const bundles = [{ url: urlOf("bundle.js"), kinds: ["vault" as const] }];
    return (await indexBundles({ ...worker, prepared }, bundles))[0]!;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (
  const [what, library] of Object.entries({
    "works": "export const x = 1;",
    "throws": 'throw new Error("boom");',
    "cannot be parsed": "export const = ;",
    "leaves a promise that fails": 'Promise.reject(new Error("boom"));',
    "ends the process": "Deno.exit(3);",
    "prints": "console.log('{}');",
  })
) {
  Deno.test(`a bundle is indexed whatever a library does that ${what}`, async () => {
    const answer = await indexed(VAULT, library);
    ok("contributions" in answer, JSON.stringify(answer));
    deepEqual(answer.contributions.map(({ type }) => type), ["@acme/vault"]);
  });
}

Deno.test("a bundle whose library ends the process is told that it does", async () => {
  const answer = await indexed(`import "./library.js";\n${VAULT}`, "Deno.exit(3);");
  ok("error" in answer);
  match(answer.error, /ended the process while it was imported \(exit code 3\)/);
});

Deno.test("a worker that nobody uses ends with its owner", async () => {
  const folder = await Deno.makeTempDir();
  const { path, configArguments } = await programFile("index_worker");
  const settings = { deno: await denoExecutable(), program: path, importLimit: 1000 };
  {
    await using prepared = new PreparedWorker({
      ...{ ...settings, programArguments: configArguments, readable: [folder] },
    });
    prepared.preload([toFileUrl(join(folder, "none.js")).href]);
  }
  await Deno.remove(folder, { recursive: true });
});
