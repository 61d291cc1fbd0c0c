import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createVaultStore } from "../../../src/infrastructure/persistence/yaml_vault_store.ts";
import { type FakeDocker, withFakeDocker } from "../../fixtures/fake_docker.ts";
import { SHELL_MODEL } from "../../fixtures/shell_model.ts";
import { type Lab, vaultsOf, withModel } from "../runs/method_runs.ts";

const { type, version, resources, files, methods } = SHELL_MODEL;
const SHELL = { type, version, resources, files, methods };

/** Runs `test` with a definition of the shell whose commands run in containers. */
function inContainer(
  test: (lab: Lab, docker: FakeDocker) => Promise<void>,
  config: Record<string, unknown> = {},
): Promise<void> {
  return withFakeDocker((docker) =>
    withModel(SHELL, (lab) => test(lab, docker), {
      driver: "docker",
      driverConfig: { image: "alpine", command: docker.path, ...config },
    })
  );
}

const run = (command: string, more: Record<string, unknown> = {}) => ({
  inputs: { run: command, ...more },
});

Deno.test("a command runs in the image; what it prints is kept, and shown as it comes", () =>
  inContainer(async (lab, docker) => {
    const { dataArtifacts } = await lab.run("execute", run("echo out; echo err >&2"));
    deepEqual(dataArtifacts.map(({ name }) => name), ["result", "log"]);
    const { executedAt, durationMs, ...result } = await lab.json("result");
    deepEqual(result, {
      ...{ exitCode: 0, command: "echo out; echo err >&2", stderr: "err", stdout: "out" },
    });
    match(String(executedAt), /^\d{4}-.*Z$/);
    ok(Number.isInteger(durationMs));
    equal(await lab.text("log"), "[stdout]\nout\n[stderr]\nerr\n");
    const shown = lab.shown.map(({ level, message }) => `${level} ${message}`);
    ok(shown.includes("info out"));
    ok(shown.includes("warning err"));
    const [[name, ...args] = []] = await docker.calls();
    equal(name, "run");
    deepEqual([args[0], args[1], ...args.slice(3)], [
      ...["--rm", "--name", "alpine", "sh", "-c", "echo out; echo err >&2"],
    ]);
  }));

Deno.test("output that is a JSON map becomes the resource; other JSON is output like any other", () =>
  inContainer(async (lab) => {
    await lab.run("execute", run(`echo '{"a":1}'`));
    deepEqual(await lab.json("result"), { a: 1 });
    await lab.run("execute", run("echo 5"));
    equal((await lab.json("result")).stdout, "5");
  }));

Deno.test("a command that fails says why, and its output is kept", () =>
  inContainer(async (lab) => {
    const error = await lab.fail("execute", run("echo partial; echo why >&2; exit 3"));
    equal(error.message, "why");
    const { exitCode, stdout, stderr } = await lab.json("result");
    deepEqual([exitCode, stdout, stderr], [3, "partial", "why"]);
    const silent = await lab.fail("execute", run("exit 3"));
    equal(silent.message, "Container exited with code 3");
    equal((silent.fields.dataArtifacts as unknown[]).length, 2);
  }));

Deno.test("ignoreExitCode, env and workingDir of the shell model count", () =>
  inContainer(async (lab, docker) => {
    const more = { ignoreExitCode: true, env: { B: "method", C: "3" }, workingDir: "/work" };
    await lab.run("execute", run("echo $A $B $C; exit 3", more));
    const { exitCode, stdout } = await lab.json("result");
    deepEqual([exitCode, stdout], [3, "config method 3"]);
    const [call = []] = await docker.calls();
    deepEqual(call.slice(4, 12), [
      ...["-e", "A=config", "-e", "B=method", "-e", "C=3", "--workdir", "/work"],
    ]);
  }, { env: { A: "config", B: "config" } }));

Deno.test("a command that takes too long is stopped, its container too, and its output is kept", () =>
  inContainer(async (lab, docker) => {
    const error = await lab.fail("execute", run("echo begun; sleep 300"));
    equal(error.message, "Docker command timed out after 2000ms");
    const { exitCode, stdout, stderr } = await lab.json("result");
    deepEqual([exitCode, stdout, stderr], [-1, "begun", error.message]);
    const [started = [], stopped] = await docker.calls();
    deepEqual(stopped, ["kill", started[3]]);
  }, { timeout: 2_000 }));

Deno.test("the shell model's own time limit counts if it is shorter", () =>
  inContainer(async (lab) => {
    const error = await lab.fail("execute", run("sleep 300", { timeout: 300 }));
    equal(error.message, "Docker command timed out after 300ms");
  }, { timeout: 60_000 }));

Deno.test("cancelling stops the container", () =>
  inContainer(async (lab, docker) => {
    const controller = new AbortController();
    const failing = lab.fail("execute", run("echo up; sleep 300"), controller.signal);
    while (!lab.shown.some(({ message }) => message === "up")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    controller.abort();
    equal((await failing).message, "cancelled");
    const [started = [], stopped] = await docker.calls();
    deepEqual(stopped, ["kill", started[3]]);
    equal((await lab.lastRecord()).status, "failed");
  }));

Deno.test("no secret is on the command line, shown, or kept; the command gets it all the same", () =>
  withFakeDocker((docker) =>
    withModel(SHELL, async (lab) => {
      await createVaultStore(lab.layout, { report: () => {}, warn: () => {} }).add({
        ...{ id: crypto.randomUUID(), name: "v", type: "local_encryption" },
        ...{ config: { auto_generate: true }, createdAt: "2026-01-01T00:00:00.000Z" },
      });
      const secret = `it's "$(echo secret)"`;
      await (await vaultsOf(lab.layout)).put("v", "k", secret);
      await lab.run("execute");
      deepEqual(await docker.environment(), { TOKEN: secret, __SWAMP_VAULT_1: secret });
      const [call = []] = await docker.calls();
      ok(!JSON.stringify(call).includes("echo secret"));
      deepEqual(call.slice(4, 8), ["-e", "TOKEN", "-e", "__SWAMP_VAULT_1"]);
      const { stdout } = await lab.json("result");
      equal(stdout, "***\n***");
      ok(lab.shown.every(({ message }) => !message.includes("echo secret")));
    }, {
      driver: "docker",
      driverConfig: {
        ...{ image: "alpine", command: docker.path },
        env: { TOKEN: "${{ vault.get(v, k) }}" },
      },
      methods: {
        execute: { arguments: { run: `echo '\${{ vault.get(v, k) }}'; echo "$TOKEN"` } },
      },
    })
  ));

Deno.test("a client that is not installed is told, with what to do", () =>
  withModel(
    SHELL,
    async (lab) => {
      const { code, message } = await lab.fail("execute", run("true"));
      equal(code, "driver_unavailable");
      match(message, /^Driver 'docker' cannot run "swamp-no-such-client": it is not installed/);
      match(message, /Install Docker.*--driver raw$/);
    },
    { driver: "docker", driverConfig: { image: "alpine", command: "swamp-no-such-client" } },
  ));

Deno.test("an engine that is not reached, and another reason not to start, are told apart", async () => {
  const cases = [
    ["docker: Cannot connect to the Docker daemon at unix:///x.", "driver_unavailable"],
    ["docker: invalid reference format.", "container_not_started"],
  ] as const;
  const folder = await Deno.makeTempDir();
  try {
    const command = `${folder}/docker`;
    for (const [text, code] of cases) {
      const lines = `#!/bin/sh\necho '${text}' >&2\necho "Run 'docker run --help'" >&2\nexit 125\n`;
      await Deno.writeTextFile(command, lines, { mode: 0o755 });
      await withModel(SHELL, async (lab) => {
        const error = await lab.fail("execute", run("true", { ignoreExitCode: true }));
        equal(error.code, code);
        ok(error.message.includes(text.replace("docker: ", "")), error.message);
        ok(!error.message.includes("--help"));
      }, { driver: "docker", driverConfig: { image: "alpine", command } });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the docker client of this machine, if it reaches no engine, is explained", {
  ignore: await engineIsThere(),
}, () =>
  withModel(
    SHELL,
    async (lab) => {
      const { code, message } = await lab.fail("execute", run("true"));
      equal(code, "driver_unavailable");
      match(message, /--driver raw$/);
    },
    { driver: "docker", driverConfig: { image: "alpine" } },
  ));

Deno.test("everything that is wrong with a config is told; what is unknown is warned of", async () => {
  const driverConfig = { memmory: "1g", timeout: "soon", volumes: "x" };
  await withModel(SHELL, async (lab) => {
    const { code, message } = await lab.fail("execute", run("true"));
    equal(code, "invalid_driver_config");
    match(message, /^Invalid config for driver type 'docker': image: Docker image is required; /);
    match(message, /timeout: .*; volumes: /);
  }, { driver: "docker", driverConfig });
  await inContainer(async (lab) => {
    const { warnings } = await lab.run("execute", run("true"));
    deepEqual(warnings, [{
      code: "unknown_driver_config",
      message:
        'driverConfig.memmory: Unknown argument. Did you mean "driverConfig.memory"? (it has no effect)',
    }]);
  }, { memmory: "1g" });
});

Deno.test("--driver brings no config, and beats the definition", () =>
  inContainer(async (lab, docker) => {
    const { message } = await lab.fail("execute", {
      ...run("true"),
      driverLevels: [{ driver: "docker" }],
    });
    match(message, /Docker image is required/);
    await lab.run("execute", { ...run("true"), driverLevels: [{ driver: "raw" }] });
    deepEqual(await docker.calls(), []);
  }));

async function engineIsThere(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("docker", {
      args: ["info"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}
