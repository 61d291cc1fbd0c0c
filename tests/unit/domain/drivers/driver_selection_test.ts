import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { selectDriver } from "../../../../src/domain/drivers/driver_selection.ts";

Deno.test("nobody names a driver: methods run in swamp itself", () =>
  deepEqual(selectDriver([{}, { driver: undefined }]), { raw: "raw", type: "raw", config: {} }));

Deno.test("the config of the level that names the driver counts, and no other", () => {
  const step = { driver: "docker" };
  const definition = { driver: "docker", driverConfig: { image: "alpine" } };
  deepEqual(selectDriver([step, definition]).config, {});
  deepEqual(selectDriver([{ driverConfig: { image: "x" } }, definition]).config, {
    image: "alpine",
  });
});

Deno.test("driver types are found whatever their case", () =>
  deepEqual(selectDriver([{ driver: " Docker " }]), {
    raw: " Docker ",
    type: "docker",
    config: {},
  }));

Deno.test("the first level that names a driver wins, however many there are", () =>
  fc.assert(fc.property(
    fc.array(fc.option(fc.constantFrom("raw", "docker", "@acme/echo"), { nil: undefined })),
    (names) => {
      const { type } = selectDriver(names.map((driver) => ({ driver })));
      equal(type, names.find((name) => name !== undefined) ?? "raw");
    },
  )));
