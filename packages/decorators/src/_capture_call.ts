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
  let parameters: readonly Parameter[] | undefined;
  const paths = includeArgs === true ? undefined : includeArgs.map((path) => path.split("."));
  return (span, _self, args) => {
    // The source is read at the first recorded call: most decorated functions of a program are never called.
    parameters ??= parameterNames(fn);
    const found =
      paths === undefined ? everyArgument(parameters, args) : namedArguments(paths, parameters, args);
    for (const [name, value] of found) {
      const captured = captureValue(value, limits);
      if (captured !== undefined) span.setAttribute(`${ARGS}.${name}`, captured);
    }
  };
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

function everyArgument(parameters: readonly Parameter[], args: ArrayLike<unknown>): [string, unknown][] {
  const found: [string, unknown][] = [];
  for (let i = 0; i < args.length; i++) {
    const parameter = parameters[i];
    if (parameter?.rest === true) {
      found.push([parameter.name ?? String(i), Array.prototype.slice.call(args, i)]);
      break;
    }
    found.push([parameter?.name ?? String(i), args[i]]);
  }
  return found;
}

function namedArguments(
  paths: readonly (readonly string[])[],
  parameters: readonly Parameter[],
  args: ArrayLike<unknown>,
): [string, unknown][] {
  return paths.map((path) => {
    const [first = "", ...rest] = path;
    const named = parameters.findIndex(({ name }) => name === first);
    const index = named === -1 && /^\d+$/.test(first) ? Number(first) : named;
    const value = parameters[index]?.rest === true ? Array.prototype.slice.call(args, index) : args[index];
    return [path.join("."), readPath(value, rest)];
  });
}
