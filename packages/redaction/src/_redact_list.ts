import { findHits } from "./_engine.ts";
import { judgeBytes } from "./_judge_bytes.ts";
import { isOpaque, isWeakSecret } from "./_plausible.ts";
import { redactString, redactValue } from "./_redact_value.ts";
import { FAILED, MARKER, TRUNCATED } from "./_resolve_policy.ts";
import type { Run } from "./_run.ts";

/** Redacts an array: its members, bytes in it, a phrase of one word per member, and names followed by values. */
export function redactList(run: Run, key: string, list: readonly unknown[], depth: number): unknown {
  if (depth > run.policy.maxNesting) return TRUNCATED;
  const size = Math.min(list.length, run.policy.maxMembers);
  const first = list[0];
  if (typeof first === "number" && size > 15 && judgeBytes(run, key, list) === "secret") return MARKER;
  if ((typeof first === "string" || isFrame(first)) && isPhraseList(run, key, list, size)) return MARKER;
  let copy: unknown[] | undefined;
  for (let i = 0; i < size; i++) {
    const before = list[i];
    let after: unknown;
    try {
      after = redactMember(run, key, list, i, depth);
    } catch (error) {
      run.fail("list", error);
      after = FAILED;
    }
    if (after !== before) {
      copy ??= list.slice(0, size);
      copy[i] = after;
    }
  }
  if (list.length <= size) return copy ?? list;
  run.truncated();
  return [...(copy ?? list.slice(0, size)), TRUNCATED];
}

/** `["Authorization", "Bearer .."]` and `["--private-key", "0x.."]`: the member before may be the name. */
function redactMember(run: Run, key: string, list: readonly unknown[], i: number, depth: number): unknown {
  const value = list[i];
  const before = list[i - 1];
  if (typeof value === "string" && typeof before === "string" && before.length < 48 && isName(before)) {
    const read = run.policy.keyClass(before);
    if (read.kind === "secret" || (read.kind === "weak" && isWeakSecret(before, value)))
      return redactString(run, before, value);
  }
  return redactValue(run, key, value, depth + 1);
}

/** Letters of a token may spell a short label by chance. */
function isName(text: string): boolean {
  return NAME.test(text) && !isOpaque(text);
}

const NAME = /^-{0,2}[A-Za-z][\w.-]*[:=]?$/;

/** `{ index: 3, word: "zoo" }`: an object with one text in it. */
function isFrame(member: unknown): member is object {
  return typeof member === "object" && member !== null && !Array.isArray(member);
}

function wordOf(member: unknown): string | undefined {
  if (typeof member === "string") return member;
  if (!isFrame(member)) return undefined;
  const values = Object.values(member).slice(0, 4);
  const texts = values.filter((value) => typeof value === "string");
  return texts.length === 1 ? texts[0] : undefined;
}

function isPhraseList(run: Run, key: string, list: readonly unknown[], size: number): boolean {
  if (size < 9 || size > 64) return false;
  const words = list.map(wordOf);
  if (!words.every((word) => word !== undefined && word.length < 25)) return false;
  const read = run.policy.keyClass(key);
  const joined = words.join(read.words ? " " : ", ");
  const hits = findHits(joined, run.policy, { ...run.context(read, key), sink: undefined });
  const phrase = hits.find((hit) => hit.rule === "mnemonic" && (hit.end - hit.start) * 2 > joined.length);
  if (phrase === undefined) return false;
  run.hit("mnemonic", joined);
  return true;
}
