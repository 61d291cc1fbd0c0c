// @ts-check
// Becomes part of bundles of methods that run elsewhere, so it imports nothing.

/** @typedef {Record<string, unknown>} Fields */

/**
 * A model with everything merged in that sources add to its type; who comes first owns a name.
 *
 * @param {Fields[]} models modules with the model: one, or none for a built-in type.
 * @param {Fields[]} extensions modules that extend the type, in order of precedence.
 * @returns {Fields}
 */
export function mergedModel(models, extensions) {
  const bases = models.map((module) => exportOf(module, "model"));
  const added = extensions.map((module) => exportOf(module, "extension"));
  /** @param {string} field */
  const merged = (field) =>
    Object.assign({}, ...[...bases, ...added].reverse().map(recordOf(field)));
  return {
    ...added[0],
    ...bases[0],
    ...{ methods: merged("methods"), checks: merged("checks"), resources: merged("resources") },
  };
}

/**
 * @param {Fields} module
 * @param {string} name
 * @returns {Fields}
 */
function exportOf(module, name) {
  return /** @type {Fields} */ (name in module ? module[name] : module.default);
}

/**
 * A field of an export as one record: extensions may have a list of records there.
 *
 * @param {string} field
 * @returns {(exported: Fields) => object}
 */
function recordOf(field) {
  return (exported) => {
    const value = exported[field];
    return Array.isArray(value) ? Object.assign({}, ...value) : value ?? {};
  };
}
