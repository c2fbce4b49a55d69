import { createRedactor, type Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/** The redactor that is shared, or a new one with these options. */
export function redactorOf(options: RedactionOptions | Redactor): Redactor {
  return "redactSpan" in options ? options : createRedactor(options);
}
