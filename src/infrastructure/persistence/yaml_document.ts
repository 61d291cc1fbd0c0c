// A module of its own, so that `yaml` is imported on demand: imported dynamically, the package's
// CommonJS build has no named exports once it is bundled.
export { isScalar, parseDocument } from "yaml";
