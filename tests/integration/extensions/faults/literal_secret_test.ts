import { deepEqual, equal, match } from "node:assert/strict";
import { CliRepository } from "./cli_repository.ts";
import { CATALOG, forget } from "./stored_files.ts";

const SOURCE = `import { z } from "npm:zod@4";
export const model = {
  type: "@acme/api",
  version: "2026.01.01.1",
  globalArguments: z.object({ token: z.string().meta({ sensitive: true }).optional() }),
  methods: {
    ping: { description: "Pings", arguments: z.object({}), execute: () => Promise.resolve({}) },
  },
};
`;

const MOMENTS: Readonly<Record<string, (repository: CliRepository) => void>> = {
  "registered but not loaded": () => {},
  "not in the catalog": (repository) => forget(repository, CATALOG),
  "broken": (repository) => repository.write("api.ts", `${SOURCE}throw new Error("boom");`),
};

for (const [moment, arrange] of Object.entries(MOMENTS)) {
  Deno.test(`a literal secret is not written by an edit while the type is ${moment} [B8]`, async () => {
    using repository = await CliRepository.create();
    repository.write("api.ts", SOURCE);
    const { id, path } = await repository.json(["model", "create", "@acme/api", "one"]);
    const before = Deno.readTextFileSync(path);
    arrange(repository);
    const { code, stdout } = await repository.run(["model", "edit", "one", "--json"], {
      stdin: `id: ${id}\nname: one\nversion: 1\nglobalArguments:\n  token: hunter2-hunter2\n`,
    });
    equal(code, 1);
    const document = JSON.parse(stdout);
    deepEqual([document.code, document.arguments], ["literal_secret", ["token"]]);
    match(document.error, /vault\.get/);
    equal(Deno.readTextFileSync(path), before);
  });
}
