/** Where in a definition something is: `["methods", "sync", "arguments", "list", 0]`. */
export type ValuePath = readonly (string | number)[];

/**
 * A copy of plain data in which every text has become something else, one after the other. Keys stay.
 *
 * @param path where the data is, to be continued by the paths of its texts.
 */
export async function mapTexts(
  value: unknown,
  path: ValuePath,
  map: (text: string, path: ValuePath) => unknown,
): Promise<unknown> {
  if (typeof value === "string") return await map(value, path);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [index, item] of value.entries()) {
      items.push(await mapTexts(item, [...path, index], map));
    }
    return items;
  }
  if (typeof value !== "object" || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    members.push([key, await mapTexts(member, [...path, key], map)]);
  }
  return Object.fromEntries(members);
}

/** A copy of plain data with other texts, for what need not be waited for. */
export function replaceTexts(value: unknown, replace: (text: string) => unknown): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, replaceTexts(member, replace)]),
  );
}

/** Whether a test is true for some text in plain data. */
export function someText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === "string") return test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((member) => someText(member, test));
}

/**
 * A path as people write it.
 *
 * @example
 * ```ts
 * pathText(["globalArguments", "list", 0, "my key"]); // 'globalArguments.list[0]["my key"]'
 * ```
 */
export function pathText(path: ValuePath): string {
  return path.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    if (!/^[\w@/-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
    return index === 0 ? step : `.${step}`;
  }).join("");
}
