import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { rankTypes } from "../../../../src/domain/extensions/type_ranking.ts";
import type { TypeSummary } from "../../../../src/domain/models/model_types.ts";

function type(normalized: string, description = ""): TypeSummary {
  return { raw: normalized, normalized, version: "2026.01.01.1", description, builtIn: false };
}

const names = (types: readonly TypeSummary[]) => types.map(({ normalized }) => normalized);

Deno.test("a last segment that is the query comes before names that merely contain it", () => {
  const { matches } = rankTypes(
    [type("@aws/ec2/eip-vpc"), type("@aws/ec2/vpc-peering"), type("@aws/ec2/vpc")],
    "vpc",
  );
  deepEqual(names(matches), ["@aws/ec2/vpc", "@aws/ec2/vpc-peering", "@aws/ec2/eip-vpc"]);
});

Deno.test("a name that is exactly the query comes first", () => {
  const { matches } = rankTypes([type("@x/a/b/a/b"), type("a/b")], "a/b");
  deepEqual(names(matches)[0], "a/b");
});

Deno.test("a mistyped name is related, nearer ones first", () => {
  const { matches, related } = rankTypes(
    [type("@aws/s3/buckle"), type("@aws/s3/bucket")],
    "bucked",
  );
  deepEqual(matches, []);
  deepEqual(names(related), ["@aws/s3/bucket", "@aws/s3/buckle"]);
});

Deno.test("a description that mentions every word of the query is related", () => {
  const { related } = rankTypes(
    [type("@a/b", "Specifies a virtual private cloud")],
    "private cloud",
  );
  deepEqual(names(related), ["@a/b"]);
});

Deno.test("what matches is exactly what contains the query, and never related as well", () => {
  const some = fc.array(fc.stringMatching(/^@[a-c]\/[a-c]{1,4}$/).map((name) => type(name)));
  fc.assert(fc.property(some, fc.stringMatching(/^[a-c]{1,3}$/), (all, query) => {
    const { matches, related } = rankTypes(all, query);
    deepEqual(
      names(matches).sort(),
      names(all).filter((name) => name.includes(query)).sort(),
    );
    ok(!names(related).some((name) => name.includes(query)));
  }));
});
