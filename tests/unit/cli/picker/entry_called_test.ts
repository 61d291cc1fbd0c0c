import { deepEqual, equal, match, throws } from "node:assert/strict";
import { UserError } from "../../../../src/domain/errors.ts";
import { entryCalled, type Named } from "../../../../src/cli/picker/entry_called.ts";

interface Entry {
  readonly name: string;
  readonly id: string;
}

const NAMED: Named<Entry> = {
  listing: { noun: "model", headings: [], cells: () => [] },
  names: ({ name }) => [name],
  normalize: (name) => name.toLowerCase(),
  id: ({ id }) => id,
};

const WEB = { name: "web", id: "4bd810b0" };
const ENTRIES = [WEB, { name: "west", id: "4bd9cafe" }, { name: "other", id: "5fbeca84" }];

function refused(wanted: string, entries: readonly Entry[] = ENTRIES): UserError {
  let thrown: unknown;
  throws(() => entryCalled(wanted, entries, NAMED), (error) => {
    thrown = error;
    return error instanceof UserError;
  });
  return thrown as UserError;
}

for (const wanted of ["web", "WEB", "4bd810b0", "4bd8", "4BD8"]) {
  Deno.test(`${wanted} is the model web`, () => {
    deepEqual(entryCalled(wanted, ENTRIES, NAMED), WEB);
  });
}

Deno.test("a name must be whole", () => {
  equal(refused("oth").code, "entry_not_found");
});

Deno.test("what was probably meant is told", () => {
  const { code, message, fields } = refused("wbe");
  equal(code, "entry_not_found");
  equal(message, 'No model in the list is called "wbe"');
  equal(fields.hint, 'Did you mean "web"?');
});

Deno.test("less than three characters are no beginning of an id", () => {
  equal(refused("5f").code, "entry_not_found");
});

Deno.test("several entries with that name or beginning are told apart", () => {
  const { code, message } = refused("4bd");
  equal(code, "ambiguous_entry");
  match(message, /^"4bd" may be any of these:\n {2}web {2}4bd810b0\n {2}west {2}4bd9cafe$/);
  const many = Array.from({ length: 12 }, (_, at) => ({ name: "same", id: `${at}` }));
  match(refused("same", many).message, /\n {2}and 2 more$/);
});
