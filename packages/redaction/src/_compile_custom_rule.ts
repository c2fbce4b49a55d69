import { isLinear } from "./_is_linear.ts";
import { matches } from "./_matches.ts";
import type { Rule, Scan } from "./_scan.ts";
import type { CustomRule } from "./custom_rule.ts";

/** Slices on which a user's regular expression runs, and their overlap: a bound on what it can cost. */
const SLICE = 4096;
const OVERLAP = 512;
/** Characters that a star of a glob stands for at most. */
const STAR = "[^\\s\"'`]{0,256}";

/** Turns a rule of the user into one of the engine. */
export function compileCustomRule(rule: CustomRule): Rule {
  if (rule.id === "")
    throw new RangeError("Cannot add a redaction rule as its 'id' must not be empty: current value is ''");
  const pattern = typeof rule.match === "string" ? literalPattern(rule) : checkedPattern(rule.id, rule.match);
  return { id: rule.id, pack: "custom", when: 0, find: (scan) => findSliced(scan, pattern, rule) };
}

function literalPattern(rule: CustomRule): RegExp {
  const parts = String(rule.match).split("*");
  if (parts.every((part) => part === "")) {
    throw new RangeError(
      `Cannot add the redaction rule '${rule.id}' as 'match' must hold a literal part: current value is '${rule.match}'`,
    );
  }
  return new RegExp(parts.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(STAR), "g");
}

function checkedPattern(id: string, match: RegExp): RegExp {
  if (!isLinear(match.source)) {
    throw new RangeError(
      `Cannot add the redaction rule '${id}' as 'match' must run in linear time, without nested or adjoining repetition and without back references: current value is ${match}`,
    );
  }
  const flags = new Set(match.flags.replace("y", ""));
  return new RegExp(match.source, [...flags.add("g")].join(""));
}

function findSliced(scan: Scan, pattern: RegExp, rule: CustomRule): void {
  const { text } = scan;
  for (let from = 0; from < text.length; from += SLICE - OVERLAP) {
    const slice = from === 0 && text.length <= SLICE ? text : text.slice(from, from + SLICE);
    for (const match of matches(slice, pattern)) {
      scan.hit(from + match.index, from + match.index + match[0].length, rule.id, rule.standIn);
    }
    if (from + SLICE >= text.length) break;
  }
}
