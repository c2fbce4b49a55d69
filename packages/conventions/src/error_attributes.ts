import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Class of the error: a code, the name of an exception, or _OTHER. */
export const ATTR_ERROR_TYPE = "error.type" as const;

/** Type of the exception. */
export const ATTR_EXCEPTION_TYPE = "exception.type" as const;

/** Message of the exception, after redaction. */
export const ATTR_EXCEPTION_MESSAGE = "exception.message" as const;

/** Stack trace of the exception, after redaction. */
export const ATTR_EXCEPTION_STACKTRACE = "exception.stacktrace" as const;

/** Qualified name of the function that the span covers. */
export const ATTR_CODE_FUNCTION_NAME = "code.function.name" as const;

/** Prefix of the captured arguments; code.args.<name> holds one of them. */
export const ATTR_CODE_ARGS = "code.args" as const;

/** Captured result; opt-in. */
export const ATTR_CODE_RESULT = "code.result" as const;

/** Definitions of the attributes of errors and captured code. */
export const ERROR_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_ERROR_TYPE,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Class of the error: a code, the name of an exception, or _OTHER.",
  ),
  defineAttribute(
    ATTR_EXCEPTION_TYPE,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Type of the exception.",
  ),
  defineAttribute(
    ATTR_EXCEPTION_MESSAGE,
    "string",
    "high",
    "personal",
    "stable",
    "opentelemetry",
    "Message of the exception, after redaction.",
  ),
  defineAttribute(
    ATTR_EXCEPTION_STACKTRACE,
    "string",
    "high",
    "personal",
    "stable",
    "opentelemetry",
    "Stack trace of the exception, after redaction.",
  ),
  defineAttribute(
    ATTR_CODE_FUNCTION_NAME,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Qualified name of the function that the span covers.",
  ),
  defineAttribute(
    ATTR_CODE_ARGS,
    "string",
    "high",
    "personal",
    "development",
    "project",
    "Prefix of the captured arguments; code.args.<name> holds one of them.",
  ),
  defineAttribute(
    ATTR_CODE_RESULT,
    "string",
    "high",
    "personal",
    "development",
    "project",
    "Captured result; opt-in.",
  ),
];
