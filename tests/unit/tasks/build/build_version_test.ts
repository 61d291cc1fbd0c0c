import assert from "node:assert/strict";
import { join } from "node:path";
import { buildVersion } from "../../../../tasks/build/build_version.ts";

const COMMIT_DATE = "2026-03-04T05:06:07+02:00";

/** A git checkout in a temporary folder, with one commit unless told. */
async function checkout(commits = 1): Promise<{ dir: string } & AsyncDisposable> {
  const dir = await Deno.makeTempDir();
  await git(dir, "init", "--quiet");
  for (let i = 0; i < commits; i++) await git(dir, "commit", "--quiet", "--allow-empty", "-m", "x");
  return { dir, [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }) };
}

async function git(dir: string, ...args: string[]): Promise<string> {
  const { code, stdout } = await new Deno.Command("git", {
    args: ["-C", dir, "-c", "user.name=a", "-c", "user.email=a@b", ...args],
    env: { GIT_AUTHOR_DATE: COMMIT_DATE, GIT_COMMITTER_DATE: COMMIT_DATE },
  }).output();
  assert.equal(code, 0);
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("the version is the commit's time in UTC and its hash", async () => {
  await using made = await checkout();
  const sha = await git(made.dir, "rev-parse", "--short", "HEAD");
  assert.equal(await buildVersion(made.dir), `20260304.030607.0-sha.${sha}`);
});

Deno.test("a checkout without a commit has no version", async () => {
  await using made = await checkout(0);
  assert.equal(await buildVersion(made.dir), undefined);
});

Deno.test("a folder inside somebody else's checkout has no version", async () => {
  await using made = await checkout();
  const inside = join(made.dir, "vendor");
  await Deno.mkdir(inside);
  assert.equal(await buildVersion(inside), undefined);
});
