// Stands for `@opentelemetry/sdk-trace-base` of the 2.x line: its names on the SDK of the 3.x line, as far as the tests
// of the packages use them.
import { TracerProvider, type TracerProviderOptions } from "@opentelemetry/sdk-trace";

export {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace";

/** The provider under its former name. */
export class BasicTracerProvider extends TracerProvider {
  constructor(options: TracerProviderOptions = {}) {
    super(options);
  }
}
