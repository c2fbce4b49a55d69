import type { AnyFunction } from "@dcmx-tracing/span/kernel";
import type { Attributes, Span } from "@opentelemetry/api";
import { captureValue } from "./_capture_value.ts";
import { type Parameter, parameterNames } from "./_parameter_names.ts";
import { readPath } from "./_read_path.ts";
import type { CaptureLimits } from "./capture_limits.ts";
import type { AnyTracedOptions } from "./traced_options.ts";

/** Puts arguments on a span. */
export type ArgsCapture = (span: Span, self: unknown, args: ArrayLike<unknown>) => void;

/** Puts a result on a span. */
export type ResultCapture = (result: unknown, span: Span) => void;

const ARGS = "code.args";
const RESULT = "code.result";

/** Makes what records the arguments, or `undefined` if none are to be recorded. */
export function argsCapture(
  fn: AnyFunction,
  options: AnyTracedOptions,
  limits: CaptureLimits,
): ArgsCapture | undefined {
  const { includeArgs } = options;
  if (includeArgs === undefined || includeArgs === false) return undefined;
  if (typeof includeArgs === "function") {
    return (span, self, args) => {
      const parts: unknown = Reflect.apply(includeArgs, self, args);
      if (typeof parts === "object" && parts !== null) span.setAttributes(fieldsUnder(ARGS, parts, limits));
    };
  }
  if (includeArgs === true) return everyArgument(fn, limits);
  return namedArguments(fn, includeArgs, limits);
}

/** Makes what records the result, or `undefined` if it is not to be recorded. */
export function resultCapture(options: AnyTracedOptions, limits: CaptureLimits): ResultCapture | undefined {
  const { includeResult } = options;
  if (includeResult === undefined || includeResult === false) return undefined;
  if (includeResult === true) return (result, span) => put(span, RESULT, result, limits);
  if (typeof includeResult === "function") {
    return (result, span) => {
      const part: unknown = includeResult(result);
      if (isPlain(part)) span.setAttributes(fieldsUnder(RESULT, part, limits));
      else put(span, RESULT, part, limits);
    };
  }
  const paths = includeResult.map((path) => path.split("."));
  return (result, span) => {
    for (const path of paths) put(span, `${RESULT}.${path.join(".")}`, readPath(result, path), limits);
  };
}

function put(span: Span, key: string, value: unknown, limits: CaptureLimits): void {
  const captured = captureValue(value, limits);
  if (captured !== undefined) span.setAttribute(key, captured);
}

function fieldsUnder(prefix: string, fields: object, limits: CaptureLimits): Attributes {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(fields).slice(0, limits.keys)) {
    attributes[`${prefix}.${key}`] = captureValue(value, limits);
  }
  return attributes;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

// The source of a function is read at its first recorded call: most functions of a program are never called.

function everyArgument(fn: AnyFunction, limits: CaptureLimits): ArgsCapture {
  let parameters: readonly Parameter[] | undefined;
  let keys: readonly string[] = [];
  return (span, _self, args) => {
    if (parameters === undefined) {
      parameters = parameterNames(fn);
      keys = parameters.map(({ name }, i) => `${ARGS}.${name ?? i}`);
    }
    for (let i = 0; i < args.length && i < limits.keys; i++) {
      const key = keys[i] ?? `${ARGS}.${i}`;
      if (parameters[i]?.rest === true) {
        put(span, key, Array.prototype.slice.call(args, i), limits);
        return;
      }
      put(span, key, args[i], limits);
    }
  };
}

/** Where a named part is found: the position of its argument, and the way from there. */
interface Place {
  readonly key: string;
  readonly index: number;
  readonly rest: boolean;
  readonly path: readonly string[];
}

function namedArguments(fn: AnyFunction, names: readonly string[], limits: CaptureLimits): ArgsCapture {
  let places: readonly Place[] | undefined;
  return (span, _self, args) => {
    places ??= findPlaces(parameterNames(fn), names);
    for (const { key, index, rest, path } of places) {
      const value = rest ? Array.prototype.slice.call(args, index) : args[index];
      put(span, key, path.length === 0 ? value : readPath(value, path), limits);
    }
  };
}

function findPlaces(parameters: readonly Parameter[], names: readonly string[]): Place[] {
  return names.map((each) => {
    const [first = "", ...path] = each.split(".");
    const named = parameters.findIndex(({ name }) => name === first);
    const index = named === -1 && /^\d+$/.test(first) ? Number(first) : named;
    return { key: `${ARGS}.${each}`, index, rest: parameters[index]?.rest === true, path };
  });
}
