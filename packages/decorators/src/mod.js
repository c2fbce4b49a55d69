export { traced } from "./traced.js";
export { tracedClass, } from "./traced_class.js";
export { tracedMethod } from "./traced_method.js";
export { untraced } from "./untraced.js";
