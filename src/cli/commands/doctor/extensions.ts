import { EXIT_CODES, UserError } from "../../../domain/errors.ts";
import { examineExtensions } from "../../../libswamp/extensions/doctor.ts";
import type { CommandSpec } from "../../command_spec.ts";
import { renderDoctor } from "../../output/extensions/doctor.ts";

/** `swamp doctor extensions` (contract: extensions 4). */
export const command: CommandSpec = {
  options: [
    { flags: "--verify", description: "Read every file instead of trusting its time and size" },
    {
      flags: "--repair",
      description: "Build damaged and broken sources again and remove what is unused",
    },
    { flags: "--dry-run", description: "With --repair: only show what it would do" },
  ],
  repository: "required",
  examples: [
    { title: "What is broken, and why", command: "swamp doctor extensions" },
    { title: "Every source and what became of it", command: "swamp doctor extensions --verbose" },
    { title: "What a repair would do", command: "swamp doctor extensions --repair --dry-run" },
  ],
  async run({ globals, output, services }, { verify, repair, dryRun }) {
    if (dryRun === true && repair !== true) {
      throw new UserError("invalid_argument", "--dry-run shows what --repair would do: give both.");
    }
    const document = await examineExtensions(await services.extensionHealth(), {
      verify: verify === true,
      repair: repair === true ? (dryRun === true ? "plan" : "do") : undefined,
    });
    output.result(document, (found, page) => renderDoctor(found, globals.verbose, page));
    return document.overallStatus === "pass" ? EXIT_CODES.success : EXIT_CODES.failure;
  },
};
