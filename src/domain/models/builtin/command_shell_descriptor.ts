import type { ModelDescriptor } from "../../extensions/descriptor.ts";

/**
 * What people see of `command/shell`, written out so that neither zod nor the type itself is loaded to
 * show it.
 */
export const COMMAND_SHELL_DESCRIPTOR: ModelDescriptor = {
  "raw": "command/shell",
  "type": "command/shell",
  "version": "2026.02.09.1",
  "description": "Exit code and output of a shell command",
  "methods": [
    {
      "name": "execute",
      "description": "Run a shell command and keep its output",
      "arguments": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
          "run": {
            "type": "string",
            "minLength": 1,
            "description": "Command line, executed as sh -c <run>",
          },
          "workingDir": {
            "description": "Folder to run in; without it the folder in which swamp was started",
            "type": "string",
          },
          "timeout": {
            "description": "Milliseconds after which the command and all its children are stopped",
            "type": "integer",
            "exclusiveMinimum": 0,
            "maximum": 9007199254740991,
          },
          "env": {
            "description": "Environment variables, added to the inherited ones",
            "type": "object",
            "propertyNames": {
              "type": "string",
            },
            "additionalProperties": {
              "type": "string",
            },
          },
          "ignoreExitCode": {
            "description": "Succeed whatever the exit code is",
            "type": "boolean",
          },
        },
        "required": [
          "run",
        ],
        "additionalProperties": false,
      },
    },
  ],
  "dataOutputSpecs": [
    {
      "specName": "result",
      "kind": "resource",
      "description": "Exit code and output of a shell command",
      "schema": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
          "exitCode": {
            "type": "integer",
            "minimum": -9007199254740991,
            "maximum": 9007199254740991,
            "description": "-1 when the command was stopped or could not be started",
          },
          "executedAt": {
            "type": "string",
            "description": "Start of the command, UTC, ISO 8601",
          },
          "command": {
            "type": "string",
          },
          "durationMs": {
            "type": "integer",
            "minimum": -9007199254740991,
            "maximum": 9007199254740991,
          },
          "stdout": {
            "type": "string",
          },
          "stderr": {
            "type": "string",
          },
        },
        "required": [
          "exitCode",
          "executedAt",
          "command",
        ],
        "additionalProperties": false,
      },
      "lifetime": "infinite",
      "garbageCollection": 10,
    },
    {
      "specName": "log",
      "kind": "file",
      "description": "Output of a shell command as text",
      "contentType": "text/plain",
      "streaming": true,
      "lifetime": "infinite",
      "garbageCollection": 10,
    },
  ],
  "checks": [],
  "reports": [],
};
