import { plainAttributes, TracerSource, } from "@dcmx-tracing/span/kernel";
import { argsCapture, resultCapture } from "./_capture_call.js";
import { durationRecorder } from "./_duration_histogram.js";
import { DEFAULT_CAPTURE_LIMITS } from "./capture_limits.js";
const tracers = new TracerSource("@dcmx-tracing/decorators");
/** How the calls of one traced function are traced. */
export class TracedPlan {
    tracers = tracers;
    options;
    onStart;
    onResult;
    onEnd;
    #naming;
    name = "";
    constructor(fn, options, naming) {
        const limits = { ...DEFAULT_CAPTURE_LIMITS, ...options.limits };
        this.#naming = naming;
        this.options = spanOptions(options);
        this.onStart = onStart(argsCapture(fn, options, limits), options);
        this.onResult = resultCapture(options, limits);
        this.onEnd = options.includeDuration === true ? durationRecorder(() => this.name) : undefined;
    }
    /** Finds the name. A method knows its class only when it is called. */
    findName(self) {
        this.name = this.#naming(self);
    }
}
function onStart(capture, options) {
    const { attributes, links } = options;
    if (capture === undefined && typeof attributes !== "function" && typeof links !== "function")
        return undefined;
    return (span, self, args) => {
        if (typeof attributes === "function") {
            const computed = Reflect.apply(attributes, self, args);
            if (computed !== undefined)
                span.setAttributes(plainAttributes(computed));
        }
        if (typeof links === "function")
            span.addLinks([...(Reflect.apply(links, self, args) ?? [])]);
        capture?.(span, self, args);
    };
}
function spanOptions(options) {
    const { attributes, links, kind, naming, onError, requireParent, root, sampleHint, until } = options;
    return {
        ...(typeof attributes === "object" && { attributes }),
        ...(typeof links === "object" && { links }),
        ...(kind !== undefined && { kind }),
        ...(naming !== undefined && { naming }),
        ...(onError !== undefined && { onError }),
        ...(requireParent !== undefined && { requireParent }),
        ...(root !== undefined && { root }),
        ...(sampleHint !== undefined && { sampleHint }),
        ...(until !== undefined && { until }),
    };
}
