import { UserError } from "../../../../domain/errors.ts";
import type { CommandSpec } from "../../../command_spec.ts";

/** `swamp datastore setup s3`, which scripts may still call (contract: cli-automation 8.2). */
export const command: CommandSpec = {
  options: ["--bucket <name:string>", "--prefix <text:string>", "--region <name:string>"]
    .map((flags) => ({ flags, description: "Goes into --config", hidden: true })),
  repository: "none",
  run: () => {
    throw new UserError(
      "command_removed",
      'The "datastore setup s3" command has been removed.',
      {
        fields: {
          hint: "S3 comes with an extension: swamp extension pull @swamp/s3-datastore, then " +
            "swamp datastore setup extension @swamp/s3-datastore " +
            '--config \'{"bucket": "<bucket>", "region": "<region>"}\'',
        },
      },
    );
  },
};
