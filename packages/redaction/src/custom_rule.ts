/**
 * A rule of your own: what to look for in every text, and what to write instead.
 *
 * @example Remove ticket numbers
 * ```ts
 * import { createRedactor, type CustomRule } from "@dcmx-tracing/redaction";
 *
 * const tickets: CustomRule = { id: "ticket", match: "TCK-*", standIn: "[ticket]" };
 * console.assert(createRedactor({ rules: [tickets] }).redactString("lost TCK-4711 again") === "lost [ticket] again");
 * ```
 */
export interface CustomRule {
  /** Identifier, in counters and in `explain()`. */
  readonly id: string;
  /**
   * A literal; a glob, in which `*` stands for any characters but white space and quotation marks; or a regular
   * expression, which is refused when its run time may grow faster than the text.
   */
  readonly match: string | RegExp;
  /**
   * Written instead of what was found.
   * @default the marker of the mode
   */
  readonly standIn?: string;
}
