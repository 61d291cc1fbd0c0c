import { deepEqual, equal, match } from "node:assert/strict";
import { createModel, runMethod } from "../models.ts";
import { fails, succeeds } from "../outcomes.ts";
import { Repository, type Run } from "../swamp.ts";

/** A repository with the shell model `sh`, which ran three times. */
const repository = await Repository.create();
const { id } = await createModel(repository, "command/shell", "sh");
for (const word of ["one", "two", "three"]) {
  await runMethod(repository, "sh", "execute", { run: `echo ${word}` });
}
Deno.test.afterAll(() => repository[Symbol.dispose]());

Deno.test("versions are listed newest first", async () => {
  const document = await succeeds(repository, ["data", "versions", "sh", "log"]);
  const { versions, ...head } = document;
  deepEqual(head, {
    ...{ dataName: "log", modelId: id, modelName: "sh", modelType: "command/shell", total: 3 },
  });
  deepEqual(
    versions.map(({ version, isLatest, lifecycle }: Run["json"]) => [version, isLatest, lifecycle]),
    [[3, true, "active"], [2, false, "active"], [1, false, "active"]],
  );
  for (const { createdAt, size, checksum } of versions) {
    match(createdAt, /^\d{4}-\d\d-\d\dT/);
    equal(typeof size, "number");
    match(checksum, /^[0-9a-f]{64}$/);
  }
});

Deno.test("people read a table", async () => {
  const { stdout, stderr } = await repository.run(["data", "versions", "sh", "log"]);
  equal(stderr, "");
  match(stdout, /^VERSION +CREATED +SIZE +STATE/m);
  match(stdout, /^v3 .* latest/m);
});

Deno.test("an unknown name is not found, with what was probably meant", async () => {
  const { error, hint } = await fails(repository, ["data", "versions", "sh", "lgo"]);
  equal(error, 'Data not found: "lgo" for model "sh"');
  equal(hint, 'Did you mean "log"?');
});
