/**
 * A process that changes installed packages, to be killed:
 * `package_process.ts <root> <step>… [--die-at <n>] [--forever] [--hang]`. A step is the path of an
 * archive to install, `rm:<name>`, or `recover`. With `--die-at` it kills itself before its n-th change
 * of the disk; otherwise it prints `ready` first, with `--forever` begins again after the last step,
 * and with `--hang` never finishes refreshing the catalog.
 */
import { join } from "@std/path";
import { takeBuildLock } from "../../../src/infrastructure/extensions/build_lock.ts";
import { localPackageStore } from "../../../src/infrastructure/extensions/packages/local_package_store.ts";
import { recoverPackages } from "../../../src/infrastructure/extensions/packages/package_change.ts";
import { installPackage } from "../../../src/libswamp/extensions/install_package.ts";
import { removePackage } from "../../../src/libswamp/extensions/remove_package.ts";

const [root = "", ...rest] = Deno.args;
const option = rest.indexOf("--die-at");
const dieAt = option === -1 ? Infinity : Number(rest[option + 1]);
const steps = (option === -1 ? rest : rest.slice(0, option)).filter((text) =>
  !text.startsWith("--")
);
const places = { repositoryRoot: root, modelsFolder: join(root, "extensions", "models") };

function dieAtChange(count: number): void {
  let left = count;
  const names = ["renameSync", "rename", "removeSync", "remove", "mkdirSync", "mkdir", "open"];
  for (const name of names) {
    const original = Reflect.get(Deno, name);
    Reflect.set(Deno, name, (...given: unknown[]) => {
      if (--left === 0) Deno.kill(Deno.pid, "SIGKILL");
      return original(...given);
    });
  }
}

const lock = () => takeBuildLock(join(root, ".swamp", "_extension_build.lock"), () => {});
const store = localPackageStore({
  places,
  lock,
  refreshCatalog: async () => {
    if (!rest.includes("--hang")) return;
    console.log("refreshing");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
  effects: () => ({ extends: [], problems: [] }),
});

async function take(step: string): Promise<void> {
  if (step === "recover") {
    using _lock = await lock();
    await recoverPackages(places);
  } else if (step.startsWith("rm:")) {
    await removePackage(store, step.slice("rm:".length), { force: false });
  } else {
    const source = { kind: "archive", path: step } as const;
    await installPackage(store, { source, force: false }, new Date());
  }
}

if (dieAt !== Infinity) dieAtChange(dieAt);
else console.log("ready");
do {
  for (const step of steps) await take(step);
} while (rest.includes("--forever"));
