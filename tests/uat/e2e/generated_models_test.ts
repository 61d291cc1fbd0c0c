/**
 * The life of models as generators write them: the features that nearly all extensions use (contract:
 * authoring 0).
 *
 * @module
 */
import { deepEqual, equal, match } from "node:assert/strict";
import { define } from "../definitions.ts";
import { writeGeneratedModels } from "../generated_models.ts";
import { createModel, dataContent, runArgs, runMethod } from "../models.ts";
import { type Place, succeeds } from "../outcomes.ts";
import { Repository } from "../swamp.ts";

/** A repository with the generated models, whose cloud is a file of its own. */
class CloudRepository implements Disposable, Place {
  private constructor(readonly repository: Repository) {}

  static async create(): Promise<CloudRepository> {
    const repository = await Repository.create();
    writeGeneratedModels(repository);
    return new CloudRepository(repository);
  }

  readonly run: Place["run"] = (args, options) => {
    const env = { ...options?.env, CLOUD: this.repository.path("cloud.json") };
    return this.repository.run(args, { ...options, env });
  };

  /** What exists in the cloud. */
  get resources(): Record<string, unknown> {
    return JSON.parse(Deno.readTextFileSync(this.repository.path("cloud.json")));
  }

  [Symbol.dispose](): void {
    this.repository[Symbol.dispose]();
  }
}

Deno.test("a generated model is created, changed, compared and deleted", async (test) => {
  using cloud = await CloudRepository.create();
  await createModel(cloud, "@acme/cloud/vpc", "net", { name: "a/../b", CidrBlock: "10.0.0.0/16" });
  await test.step("create stores the state under a safe name", async () => {
    const { dataArtifacts } = await runMethod(cloud, "net", "create");
    deepEqual(dataArtifacts.map(({ name }: { name: string }) => name), ["a___b"]);
    deepEqual(await dataContent(cloud, "net", "a___b"), {
      Id: "vpc-1",
      CidrBlock: "10.0.0.0/16",
    });
  });
  await test.step("update reads that state", async () => {
    await runMethod(cloud, "net", "update");
    deepEqual(Object.keys(cloud.resources), ["vpc-1"]);
  });
  await test.step("delete stores what the cloud says, though it does not match the schema", async () => {
    const { dataArtifacts, warnings } = await runMethod(cloud, "net", "delete", {
      identifier: "vpc-1",
    });
    equal(dataArtifacts[0].attributes.status, "deleted");
    deepEqual(warnings.map(({ code }: { code: string }) => code), ["schema_mismatch"]);
    deepEqual(cloud.resources, {});
  });
  await test.step("create brings it back", async () => {
    await runMethod(cloud, "net", "create");
    await runMethod(cloud, "net", "update");
  });
  await test.step("sync notices what somebody else deleted", async () => {
    Deno.removeSync(cloud.repository.path("cloud.json"));
    await runMethod(cloud, "net", "sync");
    equal((await dataContent(cloud, "net", "a___b")).status, "not_found");
  });
});

Deno.test("update of what was never created fails in the words of the method", async () => {
  using cloud = await CloudRepository.create();
  await createModel(cloud, "@acme/cloud/vpc", "net", { name: "net", CidrBlock: "10.0.0.0/16" });
  const { code, stderr } = await cloud.run(["model", "method", "run", "net", "update"]);
  equal(code, 1);
  equal(stderr, "error: No existing state found - run create or get first\n");
});

Deno.test("one generated model refers to what another one wrote", async () => {
  using cloud = await CloudRepository.create();
  await createModel(cloud, "@acme/cloud/vpc", "net", { name: "net", CidrBlock: "10.0.0.0/16" });
  define(
    cloud.repository,
    "@acme/cloud/subnet",
    "sub",
    "globalArguments:\n" +
      "  name: ${{ self.name }}\n" +
      "  VpcId: ${{ data.latest('net', 'net').attributes.Id }}\n" +
      "  CidrBlock: ${{ model.net.input.globalArguments.CidrBlock }}\n",
  );
  const early = await cloud.run(runArgs("sub", "create"));
  match(
    early.stderr,
    /Unresolved expression in globalArguments\.VpcId: .*There is no data "net" of model "net", which has written none yet/,
  );
  await runMethod(cloud, "net", "create");
  await runMethod(cloud, "sub", "create");
  deepEqual(await dataContent(cloud, "sub", "sub"), {
    ...{ VpcId: "vpc-1", CidrBlock: "10.0.0.0/16", Id: "subnet-2" },
  });
});

Deno.test("methods and checks that are added by hand see the data of the generated model", async () => {
  using cloud = await CloudRepository.create();
  await createModel(cloud, "@acme/cloud/vpc", "net", { name: "net", CidrBlock: "192.168.0.0/16" });
  const refused = await cloud.run(["model", "method", "run", "net", "create"]);
  equal(
    refused.stderr,
    'error: Pre-flight checks failed for "net" → create:\n' +
      "  private:\n    - 192.168.0.0/16 is no private network\n",
  );
  const skip = ["--skip-check-label", "policy"];
  await runMethod(cloud, "net", "create", {}, skip);
  await runMethod(cloud, "net", "update", {}, skip);
  await runMethod(cloud, "net", "audit");
  deepEqual(await dataContent(cloud, "net", "audit"), { versions: [1, 2] });
});

Deno.test("an old definition is upgraded by its next run, expressions and comments included", async () => {
  using cloud = await CloudRepository.create();
  const path = define(
    cloud.repository,
    "@acme/cloud/vpc",
    "old",
    "# made long ago\n" +
      "globalArguments:\n" +
      "  name: old # its name\n" +
      "  AmazonProvided: true\n" +
      "  cidr: 10.${{ inputs.n }}.0.0/16\n" +
      "inputs: { properties: { n: { type: integer, default: 3 } } }\n",
  );
  const { passed } = await succeeds(cloud, ["model", "validate", "old"]);
  equal(passed, true);
  await runMethod(cloud, "old", "create", { n: 7 });
  equal((await dataContent(cloud, "old", "old")).CidrBlock, "10.7.0.0/16");
  const [, fields] = Deno.readTextFileSync(path).split("version: 1\n");
  equal(
    fields,
    "# made long ago\n" +
      "globalArguments:\n" +
      "  name: old # its name\n" +
      "  CidrBlock: 10.${{ inputs.n }}.0.0/16\n" +
      "inputs: { properties: { n: { type: integer, default: 3 } } }\n",
  );
});
