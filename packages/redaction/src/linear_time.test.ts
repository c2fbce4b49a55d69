import { expect, test } from "vitest";
import { NEUTRAL_KEY } from "./_classify_key.ts";
import { features } from "./_read_features.ts";
import { resolvePolicy } from "./_resolve_policy.ts";
import { RULES } from "./_rules.ts";
import { type Rule, Scan } from "./_scan.ts";
import { ADVERSARIAL } from "./testing/_adversarial.ts";

const policy = resolvePolicy({ packs: "all" });
const SIZE = 5000;
/** Twice the text may take twice the time and some noise; a quadratic rule takes four times as long, and so on. */
const RATIO = 3;
/** Below this, the compiler and the collector are all that is measured. */
const NEGLIGIBLE_MS = 4;

/** Time of the processor, which other work on the machine does not stretch. */
function fastest(rule: Rule, text: string, rounds: number): number {
  let best = Number.POSITIVE_INFINITY;
  const flags = features(text);
  for (let i = 0; i < rounds; i++) {
    const scan = new Scan(text, flags, NEUTRAL_KEY, policy, policy.maxDepth, "note");
    const start = process.cpuUsage();
    rule.find(scan);
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / 1000);
  }
  return best;
}

/** True when doubling the text eight times over never costs more than in proportion; measured again while in doubt. */
function isLinear(rule: Rule, make: (size: number) => string): boolean {
  for (let attempt = 0; attempt < 4; attempt++) {
    const large = fastest(rule, make(SIZE * 8), 1 + attempt);
    if (large < NEGLIGIBLE_MS) return true;
    const small = fastest(rule, make(SIZE), 2 + attempt);
    if (large / Math.max(small, NEGLIGIBLE_MS / 16) <= RATIO * 8) return true;
  }
  return false;
}

for (const rule of RULES) {
  test(`the rule ${rule.id} of ${rule.pack} runs in linear time on adversarial texts`, () => {
    const slow = Object.entries(ADVERSARIAL).filter(([, make]) => !isLinear(rule, make));
    expect(slow.map(([name]) => name)).toEqual([]);
  });
}
