/**
 * A process that puts secrets: `put_process.ts <root> <vault> <key> <value>…` puts one value after the
 * other under one key.
 */
import { localVault } from "./vault_lab.ts";

const [root = "", name = "", key = "", ...values] = Deno.args;
const vault = localVault(root, name);
for (const value of values) await vault.put(key, value);
