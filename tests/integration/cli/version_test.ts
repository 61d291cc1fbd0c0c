import { deepEqual, equal, match } from "node:assert/strict";
import { VERSION } from "../../../src/version.ts";
import { runSwamp, withFolder } from "./swamp_process.ts";

Deno.test("version prints one line", () =>
  withFolder(async (cwd) => {
    deepEqual(await runSwamp(["version"], { cwd }), {
      code: 0,
      stdout: `swamp ${VERSION}\n`,
      stderr: "",
    });
  }));

Deno.test("version prints its line at any log level", () =>
  withFolder(async (cwd) => {
    equal((await runSwamp(["-q", "version"], { cwd })).stdout, `swamp ${VERSION}\n`);
  }));

Deno.test("version --json prints a document of two-space indent", () =>
  withFolder(async (cwd) => {
    deepEqual(await runSwamp(["version", "--json"], { cwd }), {
      code: 0,
      stdout: `{\n  "version": "${VERSION}"\n}\n`,
      stderr: "",
    });
  }));

Deno.test("-V prints the bare version, --version the program's name too", () =>
  withFolder(async (cwd) => {
    equal((await runSwamp(["-V"], { cwd })).stdout, `${VERSION}\n`);
    equal((await runSwamp(["--version"], { cwd })).stdout, `swamp ${VERSION}\n`);
  }));

Deno.test("the version has the form that repositories record", () => {
  match(VERSION, /^\d{8}\.\d{6}\.\d+-sha\.\w+$/);
});

Deno.test("--log-level trace tells the time of every phase on stderr", () =>
  withFolder(async (cwd) => {
    const { stdout, stderr } = await runSwamp(["version", "--log-level", "trace"], { cwd });
    equal(stdout, `swamp ${VERSION}\n`);
    for (const phase of ["start", "command line", "parse", "settings", "command"]) {
      match(stderr, new RegExp(`^trace +\\d+\\.\\d ms  ${phase}`, "m"));
    }
  }));

Deno.test("an unknown level in the environment is reported and ignored", () =>
  withFolder(async (cwd) => {
    const env = { SWAMP_LOG_LEVEL: "bogus" };
    const { code, stdout, stderr } = await runSwamp(["version"], { cwd, env });
    equal(code, 0);
    equal(stdout, `swamp ${VERSION}\n`);
    match(stderr, /^warning: Invalid SWAMP_LOG_LEVEL: "bogus"; using "info"/);
  }));

Deno.test("an unknown level on the command line is refused", () =>
  withFolder(async (cwd) => {
    deepEqual(await runSwamp(["version", "--log-level", "bogus"], { cwd }), {
      code: 1,
      stdout: "",
      stderr: 'error: Invalid value for --log-level: "bogus". ' +
        "Expected one of: trace, debug, info, warning, error, fatal\n",
    });
  }));
