/**
 * What is said about a value that is not there: where it was missed, and what is there (contract:
 * authoring 4.4).
 *
 * @module
 */
import { equal } from "node:assert/strict";
import { type ExpressionLab, withExpressions } from "./expression_lab.ts";

/** Why an expression has no value. */
async function reasonOf(lab: ExpressionLab, source: string): Promise<string | undefined> {
  await lab.define("asks", `globalArguments:\n  x: ${JSON.stringify(`\${{ ${source} }}`)}\n`);
  return (await lab.evaluate("asks")).unresolved?.[0]?.reason;
}

const ST = { type: "resource", specName: "st" };

const REASONS: Readonly<Record<string, string>> = {
  'data.latest("src", "main").attributes.regoin': 'No such key: regoin. Did you mean "region"?',
  'data.findBySpec("src", "st")[0].attributes["zzzzzzz"]':
    "No such key: zzzzzzz. Available: region, size",
  'size(data.latest("src", "main").attributes.tags.owner)':
    "No such key: tags. Available: region, size",
  "{'a': {'bee': 1}}.a.be": 'No such key: be. Did you mean "bee"?',
  'data.findBySpec("src", "st").map(r, r.attributs)': "No such key: attributs",
  'data.latest("src", "mian").attributes':
    'No such key: attributes. There is no data "mian" of model "src". Did you mean "main"?',
  'data.version("src", "main", 7).attributes':
    'No such key: attributes. There is no data "main" (version 7) of model "src". Versions: 1',
  'data.latest("scr", "main").attributes':
    'No such key: attributes. There is no data "main" of model "scr". Did you mean "src"?',
  'data.latest("idle", "main").attributes':
    'No such key: attributes. There is no data "main" of model "idle", which has written none yet',
  "model.src.resource.ts.main.attributes.region":
    'No such key: ts. Model "src" has written no resource of spec "ts" yet. Did you mean "st"?',
  "model.src.resource.st.mian.attributes.region":
    'No such key: st. Model "src" has no resource "mian" of spec "st". Did you mean "main"?',
  "model.idle.file.doc.notes.path":
    'No such key: doc. Model "idle" has written no file of spec "doc" yet',
};

for (const [source, reason] of Object.entries(REASONS)) {
  Deno.test(`${source}: ${reason}`, () =>
    withExpressions(async (lab) => {
      await lab.define("src", "");
      await lab.define("idle", "");
      await lab.write("src", "main", { region: "eu", size: 3 }, { tags: ST });
      equal(await reasonOf(lab, source), reason);
    }));
}
