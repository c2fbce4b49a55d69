import type { Context, TextMapPropagator, TextMapSetter } from "@opentelemetry/api";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/** Who receives what. */
export interface PropagatorRules<Carrier> {
  /**
   * True for a request to a third party, such as an RPC provider: baggage and trace state are then not sent at all.
   * @default () => false
   */
  readonly thirdParty?: (carrier: Carrier) => boolean;
}

/**
 * Wraps a propagator so that no secret leaves in headers: members of baggage and of the trace state that hold one
 * are dropped, and third parties receive neither.
 *
 * @param propagator The propagator that writes the headers.
 * @param options Options of redaction, or a redactor to share.
 * @param rules Who is a third party.
 * @returns A propagator with the same behaviour otherwise.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Wrap a propagator
 * ```ts
 * import { defaultTextMapSetter, propagation, ROOT_CONTEXT, type TextMapPropagator } from "@opentelemetry/api";
 * import { redactingPropagator } from "@dcmx-tracing/redaction";
 *
 * const inner: TextMapPropagator = { inject: (_c, carrier, setter) => setter.set(carrier, "baggage", "user=7,password=hunter2x"), extract: (c) => c, fields: () => ["baggage"] };
 * const headers: Record<string, string> = {};
 * redactingPropagator(inner).inject(ROOT_CONTEXT, headers, defaultTextMapSetter);
 * console.assert(headers["baggage"] === "user=7" && propagation !== undefined);
 * ```
 */
export function redactingPropagator<Carrier>(
  propagator: TextMapPropagator<Carrier>,
  options: RedactionOptions | Redactor = {},
  rules: PropagatorRules<Carrier> = {},
): TextMapPropagator<Carrier> {
  const redactor = redactorOf(options);
  return {
    inject: (context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>) => {
      const foreign = isForeign(rules, carrier);
      propagator.inject(context, carrier, {
        set: (target, key, value) => {
          if (!LISTS.test(key)) return setter.set(target, key, value);
          const kept = foreign ? "" : keepClean(value, redactor);
          if (kept !== "") setter.set(target, key, kept);
        },
      });
    },
    extract: (context, carrier, getter) => propagator.extract(context, carrier, getter),
    fields: () => propagator.fields(),
  };
}

/** Headers that are lists of `key=value` members. */
const LISTS = /^(?:baggage|tracestate|correlation-context|uberctx-|ot-baggage-)/i;

/** A rule that throws counts as yes: the receiver may be anybody. */
function isForeign<Carrier>(rules: PropagatorRules<Carrier>, carrier: Carrier): boolean {
  try {
    return rules.thirdParty?.(carrier) ?? false;
  } catch {
    return true;
  }
}

function keepClean(header: string, redactor: Redactor): string {
  return header
    .split(",")
    .filter((member) => isClean(member, redactor))
    .join(",");
}

function isClean(member: string, redactor: Redactor): boolean {
  const equals = member.indexOf("=");
  if (equals < 0) return redactor.redactString(member, "", "baggage") === member;
  const key = member.slice(0, equals).trim();
  const value = decode(member.slice(equals + 1));
  return (
    redactor.redactString(value, key, "baggage") === value &&
    redactor.redactString(key, "", "baggage") === key
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
