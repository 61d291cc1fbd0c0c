/**
 * A process that opens the extension index of a repository and prints what it found as one document,
 * an `OpeningResult`: `deno run -A opening_program.ts <root>`.
 */
import { RepositoryFixture } from "../repository_fixture.ts";

const { store, types, broken, built, warnings, notices, phases } = await new RepositoryFixture(
  Deno.args[0]!,
).open();
store.close();
console.log(JSON.stringify({ types, broken, built, warnings, notices, phases }));
