import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { checkEditedModel, editableFile, replaceModel } from "../../../src/libswamp/models/edit.ts";
import { minimalText, writeModel } from "../persistence/definition_samples.ts";
import { type DefinitionLab, withDefinitions } from "./definition_lab.ts";

Deno.test("a complete definition replaces the old one; id, type and type version stay", () =>
  withDefinitions(async (lab) => {
    const { id, path } = await lab.create("@acme/plain", "web");
    const text = "# mine\ntypeVersion: 2030.01.01.1\nname: api\nversion: 2\ntags: { a: b }\n" +
      `id: ${crypto.randomUUID()}\n`;
    const stored = await replaceModel(lab, "web", text);
    deepEqual(stored.definition, {
      type: "@acme/plain",
      typeVersion: "2026.01.01.1",
      id,
      name: "api",
      version: 2,
      tags: { a: "b" },
      globalArguments: {},
      methods: {},
    });
    equal(stored.path, path);
    match(await Deno.readTextFile(path), /^# mine$/m);
    deepEqual((await lab.definitions.find("api")).definition, stored.definition);
    equal(await lab.definitions.lookup("web"), undefined);
  }));

Deno.test("the file that the definition was read from is rewritten, whatever it is called", () =>
  withDefinitions(async (lab) => {
    const path = await writeModel(lab.layout, "@acme/plain/my file.yaml", minimalText("web"));
    await replaceModel(lab, "web", minimalText("api"));
    const { definitions } = await lab.definitions.list();
    deepEqual(definitions.map((stored) => [stored.definition.name, stored.path]), [["api", path]]);
  }));

const REFUSED: readonly [string, string, RegExp][] = [
  ["what is no YAML", "a: [", /end with a \] at line 1, column 5$/],
  ["what is no map", "- a", /the file must hold a YAML map$/],
  ["what is incomplete", "name: a\n", /version is missing$/],
  [
    "unknown fields",
    "name: a\nversion: 1\nmethod: {}\n",
    /Unknown field "method". Did you mean "methods"\?$/,
  ],
  [
    "another type",
    "name: a\nversion: 1\ntype: '@acme/thing'\n",
    /the type must stay "@acme\/plain", but it says "@acme\/thing"$/,
  ],
  ["a name that cannot be given", "name: ' a'\nversion: 1\n", /name must not start or end/],
];

for (const [what, text, message] of REFUSED) {
  Deno.test(`${what} is refused and nothing is changed`, () =>
    withDefinitions(async (lab) => {
      const { path } = await lab.create("@acme/plain", "web");
      const before = await Deno.readTextFile(path);
      await rejects(replaceModel(lab, "web", text), {
        code: "invalid_definition",
        message: new RegExp(`^Invalid model YAML from stdin: .*${message.source}`),
      });
      equal(await Deno.readTextFile(path), before);
    }));
}

Deno.test("a name that another definition has is refused, its own name is not", () =>
  withDefinitions(async (lab) => {
    await lab.create("@acme/plain", "web");
    await lab.create("@acme/thing", "api");
    await rejects(replaceModel(lab, "web", "name: api\nversion: 1\n"), {
      code: "model_exists",
      message: "Model already exists: api",
    });
    await replaceModel(lab, "web", "name: web\nversion: 2\n");
  }));

Deno.test("a name of an older swamp may stay, though it could not be given any more", () =>
  withDefinitions(async (lab) => {
    await writeModel(lab.layout, "@acme/plain/x.yaml", minimalText('" web"'));
    equal((await replaceModel(lab, " web", "name: ' web'\nversion: 2\n")).definition.version, 2);
  }));

Deno.test("a broken file is repaired by its id or its file name", () =>
  withDefinitions(async (lab) => {
    const id = crypto.randomUUID();
    const path = await writeModel(lab.layout, "@acme/plain/bad.yaml", `id: ${id}\nname: [\n`);
    await replaceModel(lab, id, "name: web\nversion: 1\n");
    equal((await lab.definitions.find("web")).path, path);
    equal((await lab.definitions.find("web")).definition.id, id);
    await Deno.writeTextFile(path, "{");
    await replaceModel(lab, "bad", minimalText("api"));
    equal((await lab.definitions.find("api")).definition.type, "@acme/plain");
  }));

Deno.test("an edit waits for a method that runs on the definition", () =>
  withDefinitions(async (lab) => {
    const { id, type } = await lab.create("@acme/plain", "web");
    await using _running = await lab.locks.model({ type, modelId: id });
    await rejects(replaceModel(lab, "web", minimalText("web")), { code: "lock_timeout" });
  }));

/** Creates `web`, lets `edit` change its text, and judges the result. */
async function editedInPlace(lab: DefinitionLab, edit: (text: string) => string) {
  const { path } = await lab.create("@acme/plain", "web");
  const before = await editableFile(lab.definitions, "web");
  await Deno.writeTextFile(path, edit(await Deno.readTextFile(path)));
  return await checkEditedModel(lab, before);
}

Deno.test("a file that was edited in place is good if it still is the same definition", () =>
  withDefinitions(async (lab) => {
    const { definition } = await editedInPlace(
      lab,
      (text) => text.replace("name: web", "name: api"),
    );
    equal(definition.name, "api");
  }));

const SPOILT: readonly [string, (text: string) => string, RegExp][] = [
  ["broken", (text) => `${text}tags: [`, /is no valid definition: .*line 9/],
  [
    "another definition",
    (text) => text.replace(/^id: .*/m, `id: ${crypto.randomUUID()}`),
    /its id must stay/,
  ],
  [
    "of another type",
    (text) => text.replace("@acme/plain", "@acme/thing"),
    /its type must stay "@acme\/plain"/,
  ],
  ["badly named", (text) => text.replace("name: web", "name: '-x'"), /its name must not start/],
];

for (const [what, edit, message] of SPOILT) {
  Deno.test(`a file that is ${what} after an edit is an error that says where the changes are`, () =>
    withDefinitions(async (lab) => {
      await rejects(editedInPlace(lab, edit), { code: "invalid_definition", message });
    }));
}

Deno.test("a file that takes somebody else's name in an edit is an error", () =>
  withDefinitions(async (lab) => {
    await lab.create("@acme/plain", "api");
    const edit = (text: string) => text.replace("name: web", "name: api");
    await rejects(editedInPlace(lab, edit), { code: "model_exists" });
  }));
