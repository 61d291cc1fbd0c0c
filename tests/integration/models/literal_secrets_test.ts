import { deepEqual, doesNotMatch, equal, match, rejects } from "node:assert/strict";
import { z } from "zod";
import { UserError } from "../../../src/domain/errors.ts";
import { describeModel, inputSchema } from "../../../src/domain/extensions/describe.ts";
import { parseModel } from "../../../src/domain/extensions/shapes/model_shape.ts";
import type { ModelTypes } from "../../../src/domain/models/model_types.ts";
import { checkEditedModel, editableFile, replaceModel } from "../../../src/libswamp/models/edit.ts";
import { createModel } from "../../../src/libswamp/models/create.ts";
import { literalSecrets } from "../../../src/libswamp/models/literal_secrets.ts";
import { type DefinitionLab, withDefinitions } from "./definition_lab.ts";

const SECRET = z.string().meta({ sensitive: true });

const GLOBAL_ARGUMENTS = z.object({
  region: z.string(),
  token: SECRET,
  db: z.object({ user: z.string(), password: SECRET }),
  keys: z.array(SECRET),
}).partial();

const LOGIN = parseModel({
  type: "@acme/login",
  version: "2026.01.01.1",
  globalArguments: GLOBAL_ARGUMENTS,
  methods: {
    go: { description: "Go", arguments: z.object({}), execute: () => Promise.resolve({}) },
  },
});

const REFERENCE = "${{ vault.get('v', 'k') }}";

/** The lab with one more type; `isBroken` tells whether its source is. */
function withLogin(
  test: (lab: DefinitionLab, breakType: () => void) => Promise<void>,
): Promise<void> {
  return withDefinitions((lab) => {
    let isBroken = false;
    const types = (): Promise<ModelTypes> =>
      Promise.resolve({
        summaries: () => [],
        describe: (type) => isBroken || type !== LOGIN.type ? undefined : describeModel(LOGIN),
        resolve: () => Promise.resolve(LOGIN),
        failures: () => [],
        failureOf: () => undefined,
      });
    return test({ ...lab, types }, () => {
      isBroken = true;
    });
  });
}

async function create(lab: DefinitionLab, ...globalArguments: string[]) {
  const { types, definitions, locks } = lab;
  const newId = () => crypto.randomUUID();
  const readTextFile = () => Promise.resolve(undefined);
  return await createModel(
    { types, definitions, locks, readTextFile, newId },
    { type: "@acme/login", name: "web", globalArguments },
  );
}

const withArguments = (globalArguments: unknown, more = "") =>
  `name: web\nversion: 1\n${more}globalArguments: ${JSON.stringify(globalArguments)}\n`;

async function refusal(work: Promise<unknown>): Promise<UserError> {
  let failure: unknown;
  await rejects(work, (error) => {
    failure = error;
    return error instanceof UserError && error.code === "literal_secret";
  });
  return failure as UserError;
}

Deno.test("values that stand for themselves are found at every depth, expressions are not", () => {
  const schema = inputSchema(GLOBAL_ARGUMENTS);
  const given = {
    region: "eu",
    token: "s3cret",
    db: { user: "u", password: REFERENCE },
    keys: [REFERENCE, "s3cret", ""],
  };
  deepEqual(literalSecrets(schema, given), ["token", "keys[1]"]);
  deepEqual(literalSecrets(schema, given, { token: "s3cret", keys: ["", "s3cret"] }), []);
  deepEqual(literalSecrets(schema, given, { token: "other" }), ["token", "keys[1]"]);
  deepEqual(literalSecrets(undefined, given), []);
});

Deno.test("an edit that brings a secret into the file is refused and changes nothing", () =>
  withLogin(async (lab) => {
    const { path } = await create(lab, `token=${REFERENCE}`);
    const before = await Deno.readTextFile(path);
    for (
      const [given, names] of [
        [{ token: "s3cret" }, ["token"]],
        [{ db: { user: "u", password: "s3cret" }, keys: ["s3cret"] }, ["db.password", "keys[0]"]],
      ] as const
    ) {
      const { message, fields } = await refusal(replaceModel(lab, "web", withArguments(given)));
      for (const name of names) match(message, new RegExp(`"${RegExp.escape(name)}"`));
      match(message, /models\/@acme\/login\/.*\.yaml/);
      match(message, /vault\.get\('<vault>', '<key>'\)/);
      doesNotMatch(message, /s3cret/);
      deepEqual(fields.arguments, names);
    }
    equal(await Deno.readTextFile(path), before);
  }));

Deno.test("expressions and values that are there already may be written", () =>
  withLogin(async (lab) => {
    await create(lab, "token=s3cret", "region=eu");
    const db = { user: "u", password: `x-${REFERENCE}` };
    const given = { token: "s3cret", region: "us", db };
    await replaceModel(lab, "web", withArguments(given));
    deepEqual((await lab.definitions.find("web")).definition.globalArguments, given);
  }));

Deno.test("an edit in an editor is refused in the same way, and the file is named", () =>
  withLogin(async (lab) => {
    const { path, id } = await create(lab, `token=${REFERENCE}`);
    const before = await editableFile(lab.definitions, "web");
    const identity = `type: "@acme/login"\nid: ${id}\n`;
    await Deno.writeTextFile(path, withArguments({ token: "s3cret" }, identity));
    const { message } = await refusal(checkEditedModel(lab, before));
    match(
      message,
      /^Global argument "token" is sensitive .*\nThe editor has written it to models\//,
    );
    await Deno.writeTextFile(path, withArguments({ token: REFERENCE, region: "eu" }, identity));
    equal((await checkEditedModel(lab, before)).definition.globalArguments.region, "eu");
  }));

Deno.test("where the type cannot say what is sensitive, no new value may be written", () =>
  withLogin(async (lab, breakType) => {
    await create(lab, "region=eu", `token=${REFERENCE}`);
    breakType();
    const { message } = await refusal(
      replaceModel(lab, "web", withArguments({ region: "us", token: REFERENCE })),
    );
    match(message, /^Global argument "region" may be secret, .*@acme\/login/);
    await replaceModel(lab, "web", withArguments({ region: "eu", token: "${{ env.TOKEN }}" }));
  }));

Deno.test("a model is created with a secret in its file, with a warning", () =>
  withLogin(async (lab) => {
    const { warnings = [] } = await create(lab, "db.user=u", "db.password=s3cret", "region=eu");
    deepEqual(warnings.map(({ code }) => code), ["literal_secret"]);
    match(warnings[0]!.message, /^Global argument "db\.password" is sensitive, but its value /);
    doesNotMatch(warnings[0]!.message, /s3cret/);
  }));

Deno.test("a reference to a vault is nothing to warn of", () =>
  withLogin(async (lab) => {
    equal((await create(lab, `token=${REFERENCE}`)).warnings, undefined);
  }));
