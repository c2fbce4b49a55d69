import type { Attributes, SpanContext } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { RedactionSurface } from "./_audit.ts";

type Resource = ReadableSpan["resource"];
type Scope = ReadableSpan["instrumentationScope"];

/** Redacts what many spans share. Exporters group by identity, so each object has one redacted form. */
export interface OriginRedactor {
  readonly resource: (resource: Resource) => Resource;
  readonly scope: (scope: Scope) => Scope;
  readonly context: (context: SpanContext) => SpanContext;
}

/** The redactor of resources and scopes, which can forget what it has read. */
export interface RememberingOriginRedactor extends OriginRedactor {
  /** What is secret has changed: each object is read anew. */
  readonly forget: () => void;
}

/** Creates the redactor of resources and scopes; each object is read once. */
export function createOriginRedactor(
  attributesOf: (attributes: Attributes) => Attributes,
  text: (value: string, key: string, surface: RedactionSurface) => string,
): RememberingOriginRedactor {
  let resources = new WeakMap<Resource, Resource>();
  let scopes = new WeakMap<Scope, Scope>();
  return {
    resource: (resource) => {
      const known = resources.get(resource);
      if (known !== undefined) return known;
      const attributes = attributesOf(resource.attributes);
      const same = attributes === resource.attributes;
      const redacted = same
        ? resource
        : Object.create(resource, { attributes: { value: attributes, enumerable: true } });
      // What is still being detected may hold more later.
      if (resource.asyncAttributesPending !== true) resources.set(resource, redacted);
      return redacted;
    },
    scope: (scope) => {
      const known = scopes.get(scope);
      if (known !== undefined) return known;
      const name = text(scope.name, "", "scope");
      const version = scope.version === undefined ? undefined : text(scope.version, "", "scope");
      const same = name === scope.name && version === scope.version;
      const redacted = same ? scope : { ...scope, name, ...(version === undefined ? {} : { version }) };
      scopes.set(scope, redacted);
      return redacted;
    },
    context: (context) => {
      if (context.traceState === undefined) return context;
      const state = context.traceState.serialize();
      if (text(state, "", "tracestate") === state) return context;
      const { traceState: _dropped, ...rest } = context;
      return rest;
    },
    forget: () => {
      resources = new WeakMap();
      scopes = new WeakMap();
    },
  };
}
