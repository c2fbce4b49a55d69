/** The shapes of calls that the fuzz test puts together. */
export const SYNC_SHAPES = ["sync", "generator", "recursive"] as const;
export const ASYNC_SHAPES = [
  ...SYNC_SHAPES,
  "async",
  "promise",
  "thenable",
  "asyncGenerator",
  "stream",
  "callback",
] as const;
export type Shape = (typeof ASYNC_SHAPES)[number];

/** The forms of tracing. */
export const FORMS = ["traced", "startSpan", "standard", "legacy"] as const;
export type Form = (typeof FORMS)[number];

/** How a call ends. */
export type Ending = "return" | "throw" | "throw undefined";

/** One call of a random program, with the calls that it makes. */
export interface Node {
  readonly id: string;
  readonly parent: string | undefined;
  readonly shape: Shape;
  readonly form: Form;
  readonly ending: Ending;
  /** Items that the consumer takes of an iterator or stream before it leaves. */
  readonly take: number;
  /** Whether the children run at the same time. */
  readonly concurrent: boolean;
  readonly children: readonly Node[];
}

/** A random number generator that can be repeated: mulberry32. */
export function randomBy(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Makes a random program. `next` numbers its calls. */
export function makeProgram(random: (below: number) => number, next: () => number): Node {
  const make = (parent: string | undefined, depth: number, sync: boolean): Node => {
    const id = `call${next()}`;
    const shapes: readonly Shape[] = sync ? SYNC_SHAPES : ASYNC_SHAPES;
    const shape = shapes[random(shapes.length)] ?? "sync";
    const inner = SYNC_SHAPES.some((each) => each === shape);
    const children = depth === 0 ? 0 : random(4);
    const form = FORMS[random(FORMS.length)] ?? "traced";
    return {
      id,
      parent,
      shape,
      // startSpan() knows nothing of callbacks.
      form: shape === "callback" && form === "startSpan" ? "traced" : form,
      ending: (["return", "return", "throw", "throw undefined"] as const)[random(4)] ?? "return",
      take: 1 + random(4),
      concurrent: random(2) === 0,
      children: Array.from({ length: children }, () => make(id, depth - 1, inner)),
    };
  };
  return make(undefined, 3, false);
}
