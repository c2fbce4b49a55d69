// The JSON form of an OTLP trace request (OTLP 1.x, "JSON Protobuf Encoding"). Everything may be missing: it comes
// from the network.

/** An `ExportTraceServiceRequest`. */
export interface OtlpRequest {
  readonly resourceSpans?: readonly OtlpResourceSpans[] | undefined;
}

interface OtlpResourceSpans {
  readonly resource?: { readonly attributes?: readonly OtlpKeyValue[] } | null;
  readonly scopeSpans?: readonly OtlpScopeSpans[];
}

interface OtlpScopeSpans {
  readonly scope?: { readonly name?: string; readonly version?: string } | null;
  readonly spans?: readonly OtlpSpan[];
}

/** A span; ids are hexadecimal, times are nanoseconds as decimal text. */
export interface OtlpSpan {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  readonly kind?: number;
  readonly startTimeUnixNano?: string | number;
  readonly endTimeUnixNano?: string | number;
  readonly attributes?: readonly OtlpKeyValue[];
  readonly events?: readonly {
    readonly timeUnixNano?: string | number;
    readonly name?: string;
    readonly attributes?: readonly OtlpKeyValue[];
  }[];
  readonly links?: readonly {
    readonly traceId?: string;
    readonly spanId?: string;
    readonly attributes?: readonly OtlpKeyValue[];
  }[];
  readonly status?: { readonly message?: string; readonly code?: number } | null;
}

/** An attribute. */
export interface OtlpKeyValue {
  readonly key?: string;
  readonly value?: OtlpAnyValue | null;
}

/** A value of any type. */
export interface OtlpAnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values?: readonly OtlpAnyValue[] } | null;
  readonly kvlistValue?: { readonly values?: readonly OtlpKeyValue[] } | null;
  readonly bytesValue?: string;
}
