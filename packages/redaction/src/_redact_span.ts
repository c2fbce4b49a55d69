import { ATTR_SERVER_ADDRESS, ATTR_URL_FULL } from "@dcmx-tracing/conventions";
import type { Attributes, AttributeValue, Link, SpanStatus } from "@opentelemetry/api";
import type { TimedEvent } from "@opentelemetry/sdk-trace-base";
import type { RedactionSurface } from "./_audit.ts";
import { redactString, redactValue } from "./_redact_value.ts";
import { FAILED, MARKER } from "./_resolve_policy.ts";
import { isProvider } from "./_rpc_hosts.ts";
import type { Run } from "./_run.ts";

/** The parts of a span that carry data of the application. */
export interface SpanParts {
  readonly name: string;
  readonly attributes: Attributes;
  readonly status: SpanStatus;
  readonly events: readonly TimedEvent[];
  readonly links: readonly Link[];
}

/** Redacts the parts of a span. Returns the same object when nothing was removed. */
export function redactParts(run: Run, parts: SpanParts): SpanParts {
  run.surface = "name";
  const name = redactString(run, "", parts.name);
  const attributes = redactAttributes(run, parts.attributes, "attribute");
  readUrlInPieces(run, parts.attributes);
  const status = redactStatus(run, parts.status);
  const events =
    parts.events.length === 0 ? parts.events : mapSame(parts.events, (event) => redactEvent(run, event));
  const links =
    parts.links.length === 0 ? parts.links : mapSame(parts.links, (link) => redactLink(run, link));
  const after = { name, attributes, status, events, links };
  return isSame(parts, after) && run.taint === undefined ? parts : untaint(run, after);
}

/** Host and path of a request to a provider in attributes of their own: what is a key in the whole goes in the pieces. */
function readUrlInPieces(run: Run, attributes: Attributes): void {
  const path = attributes["url.path"] ?? attributes["http.target"];
  if (typeof path !== "string") return;
  const host = attributes[ATTR_SERVER_ADDRESS] ?? attributes["net.peer.name"] ?? attributes["http.host"];
  if (typeof host !== "string" || !isProvider(host.replace(/:\d+$/, ""))) return;
  run.key = "url.path";
  redactString(run, ATTR_URL_FULL, `https://${host}${path}`);
  run.key = "";
}

function isSame(a: SpanParts, b: SpanParts): boolean {
  return (
    a.name === b.name &&
    a.attributes === b.attributes &&
    a.status === b.status &&
    a.events === b.events &&
    a.links === b.links
  );
}

/** A span of which nothing may leave. */
export function blankParts(): SpanParts {
  return { name: FAILED, attributes: {}, status: { code: 0 }, events: [], links: [] };
}

/** Redacts attributes: names and values. Returns the same object when nothing was removed. */
export function redactAttributes(run: Run, attributes: Attributes, surface: RedactionSurface): Attributes {
  let copy: Attributes | undefined;
  run.surface = surface;
  for (const key in attributes) {
    const value = attributes[key];
    run.key = key;
    if (!run.policy.mayLeave(key)) {
      copy ??= { ...attributes };
      delete copy[key];
      run.hit("only-keys", "");
      continue;
    }
    const after = redactValue(run, key, value);
    // Names of attributes are mostly constants; a long one may be data.
    const name = key.length < 24 ? key : redactString(run, "", key);
    if (after === value && name === key) continue;
    copy ??= { ...attributes };
    if (name !== key) delete copy[key];
    // A rich value comes out as rich, which exporters drop or print; the type of OpenTelemetry is narrower.
    copy[name] = after as AttributeValue;
  }
  run.key = "";
  return copy ?? attributes;
}

function redactStatus(run: Run, status: SpanStatus): SpanStatus {
  if (status.message === undefined) return status;
  run.surface = "status";
  const message = redactString(run, "", status.message);
  return message === status.message ? status : { ...status, message };
}

function redactEvent(run: Run, event: TimedEvent): TimedEvent {
  run.surface = "event";
  const name = redactString(run, "", event.name);
  if (event.attributes === undefined) return name === event.name ? event : { ...event, name };
  const attributes = redactAttributes(run, event.attributes, "event");
  return name === event.name && attributes === event.attributes ? event : { ...event, name, attributes };
}

function redactLink(run: Run, link: Link): Link {
  if (link.attributes === undefined) return link;
  const attributes = redactAttributes(run, link.attributes, "link");
  return attributes === link.attributes ? link : { ...link, attributes };
}

function mapSame<T>(list: readonly T[], map: (member: T) => T): readonly T[] {
  let copy: T[] | undefined;
  for (let i = 0; i < list.length; i++) {
    // The index is within the list.
    const before = list[i] as T;
    const after = map(before);
    if (after === before) continue;
    copy ??= list.slice();
    copy[i] = after;
  }
  return copy ?? list;
}

/** Removes the secrets that were found in one field from all others. */
function untaint(run: Run, parts: SpanParts): SpanParts {
  const { taint } = run;
  if (taint === undefined || taint.size === 0) return parts;
  const clean = (text: string): string => taint.clean(text, MARKER);
  const value = (each: AttributeValue | undefined): AttributeValue | undefined => {
    // Each member keeps its type, so the list does too.
    if (Array.isArray(each)) return each.map((v) => (typeof v === "string" ? clean(v) : v)) as AttributeValue;
    return typeof each === "string" ? clean(each) : each;
  };
  const values = (attributes: Attributes): Attributes =>
    Object.fromEntries(Object.entries(attributes).map(([key, each]) => [clean(key), value(each)]));
  const owner = <T extends { attributes?: Attributes }>(each: T): T =>
    each.attributes === undefined ? each : { ...each, attributes: values(each.attributes) };
  const { message } = parts.status;
  return {
    name: clean(parts.name),
    attributes: values(parts.attributes),
    status: message === undefined ? parts.status : { ...parts.status, message: clean(message) },
    events: parts.events.map((event) => owner({ ...event, name: clean(event.name) })),
    links: parts.links.map(owner),
  };
}
