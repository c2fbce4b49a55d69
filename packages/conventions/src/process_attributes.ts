import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Identifier of the process. */
export const ATTR_PROCESS_PID = "process.pid" as const;

/** Name of the executable. */
export const ATTR_PROCESS_EXECUTABLE_NAME = "process.executable.name" as const;

/** Path of the executable. */
export const ATTR_PROCESS_EXECUTABLE_PATH = "process.executable.path" as const;

/** Script that the process runs. */
export const ATTR_PROCESS_COMMAND = "process.command" as const;

/** Arguments of the process; never recorded by this project, listed for redaction. */
export const ATTR_PROCESS_COMMAND_ARGS = "process.command_args" as const;

/** User that owns the process. */
export const ATTR_PROCESS_OWNER = "process.owner" as const;

/** Name of the runtime, for example nodejs. */
export const ATTR_PROCESS_RUNTIME_NAME = "process.runtime.name" as const;

/** Version of the runtime. */
export const ATTR_PROCESS_RUNTIME_VERSION = "process.runtime.version" as const;

/** Description of the runtime. */
export const ATTR_PROCESS_RUNTIME_DESCRIPTION = "process.runtime.description" as const;

/** What the processor did. */
export const ATTR_PROCESS_CPU_STATE = "process.cpu.state" as const;

/** State of the event loop. */
export const ATTR_NODEJS_EVENTLOOP_STATE = "nodejs.eventloop.state" as const;

/** Kind of the garbage collection. */
export const ATTR_V8JS_GC_TYPE = "v8js.gc.type" as const;

/** Kind of a resource that keeps the event loop alive. */
export const ATTR_V8JS_RESOURCE_TYPE = "v8js.resource.type" as const;

/** Heap space of V8. */
export const ATTR_V8JS_HEAP_SPACE_NAME = "v8js.heap.space.name" as const;

/** Definitions of the attributes of processes and their runtime. */
export const PROCESS_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_PROCESS_PID,
    "int",
    "high",
    "public",
    "development",
    "opentelemetry",
    "Identifier of the process.",
  ),
  defineAttribute(
    ATTR_PROCESS_EXECUTABLE_NAME,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Name of the executable.",
  ),
  defineAttribute(
    ATTR_PROCESS_EXECUTABLE_PATH,
    "string",
    "low",
    "personal",
    "development",
    "opentelemetry",
    "Path of the executable.",
  ),
  defineAttribute(
    ATTR_PROCESS_COMMAND,
    "string",
    "low",
    "personal",
    "development",
    "opentelemetry",
    "Script that the process runs.",
  ),
  defineAttribute(
    ATTR_PROCESS_COMMAND_ARGS,
    "string[]",
    "high",
    "secret",
    "development",
    "opentelemetry",
    "Arguments of the process; never recorded by this project, listed for redaction.",
  ),
  defineAttribute(
    ATTR_PROCESS_OWNER,
    "string",
    "low",
    "personal",
    "development",
    "opentelemetry",
    "User that owns the process.",
  ),
  defineAttribute(
    ATTR_PROCESS_RUNTIME_NAME,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "Name of the runtime, for example nodejs.",
  ),
  defineAttribute(
    ATTR_PROCESS_RUNTIME_VERSION,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Version of the runtime.",
  ),
  defineAttribute(
    ATTR_PROCESS_RUNTIME_DESCRIPTION,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Description of the runtime.",
  ),
  defineAttribute(
    ATTR_PROCESS_CPU_STATE,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "What the processor did.",
    { values: ["user", "system", "wait"] },
  ),
  defineAttribute(
    ATTR_NODEJS_EVENTLOOP_STATE,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "State of the event loop.",
    { values: ["active", "idle"] },
  ),
  defineAttribute(
    ATTR_V8JS_GC_TYPE,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "Kind of the garbage collection.",
    { values: ["major", "minor", "incremental", "weakcb"] },
  ),
  defineAttribute(
    ATTR_V8JS_RESOURCE_TYPE,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Kind of a resource that keeps the event loop alive.",
  ),
  defineAttribute(
    ATTR_V8JS_HEAP_SPACE_NAME,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "Heap space of V8.",
  ),
];
