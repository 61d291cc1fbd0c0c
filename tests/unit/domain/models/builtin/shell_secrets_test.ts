import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { SecretTokens } from "../../../../../src/domain/expressions/secret_tokens.ts";
import { withSecretVariables } from "../../../../../src/domain/models/builtin/shell_secrets.ts";

const SECRET = `it's a "secret" $HOME \`x\` \\ ;`;

/** What a script prints in which `@` stands for the secret. */
async function printed(script: string): Promise<string> {
  const tokens = new SecretTokens();
  const text = script.replaceAll("@", tokens.token(SECRET));
  const { script: safe, variables } = withSecretVariables(text, tokens);
  ok(!safe.includes(SECRET), safe);
  const { stdout } = await new Deno.Command("sh", { args: ["-c", safe], env: { ...variables } })
    .output();
  return new TextDecoder().decode(stdout);
}

const PRINTS: readonly (readonly [string, string])[] = [
  ["printf %s @", SECRET],
  [`printf %s "a @ b"`, `a ${SECRET} b`],
  ["printf %s 'a @ b'", `a ${SECRET} b`],
  ["printf %s a@b", `a${SECRET}b`],
  [`printf %s "it's @"`, `it's ${SECRET}`],
  [`printf %s "$(printf %s @)"`, SECRET],
  [`printf %s "$(printf %s 'x @')"`, `x ${SECRET}`],
  [`printf %s "\${NOPE:-@}"`, SECRET],
  ["# it's a comment\nprintf %s '@'", SECRET],
  ["echo a#b >/dev/null; printf %s '@'", SECRET],
  ["cat <<EOF\nit's @\nEOF\nprintf %s '@'", `it's ${SECRET}\n${SECRET}`],
  ["cat <<-EOF\n\tx @\n\tEOF\nprintf %s @", `x ${SECRET}\n${SECRET}`],
  [`printf %s "\\"@"`, `"${SECRET}`],
  ["printf %s \\'@", `'${SECRET}`],
  ["printf %s $((1 + 2)) '@'", `3${SECRET}`],
  [`(printf %s '@'); printf %s "$( (printf %s @) )"`, `${SECRET}${SECRET}`],
];

for (const [script, expected] of PRINTS) {
  Deno.test(`the shell gets the secret as it is: ${JSON.stringify(script)}`, async () =>
    equal(await printed(script), expected));
}

Deno.test("in a here-document that expands nothing, the secret cannot be had, and does not leak", async () => {
  equal(await printed("cat <<'EOF'\n@\nEOF\n"), "${__SWAMP_VAULT_1}\n");
});

Deno.test("a script without secrets stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."'\"$(){}`\\\n #<EO@") }), (script) => {
      deepEqual(withSecretVariables(script, new SecretTokens()), { script, variables: {} });
    }),
  );
});

Deno.test("whatever the quoting is, no secret gets into the script and the rest of it stays", () => {
  const script = fc.string({ unit: fc.constantFrom(..."'\"$(){}`\\\n #<EO@") });
  fc.assert(fc.property(script, (text) => {
    const tokens = new SecretTokens();
    const { script: safe } = withSecretVariables(
      text.replaceAll("@", tokens.token(SECRET)),
      tokens,
    );
    equal(safe.includes(SECRET), false);
    equal(safe.replaceAll(/'?"?\$\{__SWAMP_VAULT_1\}"?'?/g, "@").length <= text.length + 4, true);
  }));
});
