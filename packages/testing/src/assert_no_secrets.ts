import type { ReadableSpan } from "./_sdk.ts";
import { MIN_SECRET_LENGTH, type Needle, searchableTexts, secretNeedles } from "./_secret_needles.ts";
import { secretShape } from "./_secret_shapes.ts";
import { type SpanText, spanTexts } from "./_span_texts.ts";

/** Options of {@linkcode assertNoSecrets}. */
export interface AssertNoSecretsOptions {
  /**
   * Also looks for what is a secret by its shape: PEM private keys, JSON Web Tokens, credentials in URLs and
   * headers, keys of RPC providers, the development mnemonic, values of attributes such as `wallet.private_key`.
   *
   * @default true
   */
  readonly shapes?: boolean;
}

/** One place where a secret was found. */
export interface SecretFinding {
  /** The name of the span, or `(masked)` when it contains a secret itself. */
  readonly span: string;
  /** The field, such as `attributes["rpc.url"]`. */
  readonly field: string;
  /** What was found, described without giving it away. */
  readonly what: string;
}

/** Thrown by {@linkcode assertNoSecrets}; the message lists all findings and contains no secret. */
export class SecretsFoundError extends Error {
  /** Every place where a secret was found. */
  readonly findings: readonly SecretFinding[];

  /** @param findings Every place where a secret was found. */
  constructor(findings: readonly SecretFinding[]) {
    const lines = findings.map(({ span, field, what }) => `  span "${span}", ${field}: ${what}`);
    super(`Found secrets in ${findings.length} places of the spans:\n${lines.join("\n")}`);
    this.name = "SecretsFoundError";
    this.findings = findings;
  }
}

/**
 * Fails when a secret stands in any field of the spans: names, attribute keys and values, events, links, status
 * messages, trace states, the resource and the scope. A secret is found in upper and lower case, as hex (with and
 * without `0x`), base64 (also inside longer base64), decimal number or list of bytes, percent or JSON escaped, and,
 * when it has several words, whatever stands between the words.
 *
 * It cannot tell an unknown 32-byte key from a hash: name the keys that your test uses.
 *
 * @param spans Finished spans.
 * @param secrets What must not be there: keys, phrases, tokens, personal data; each at least 6 characters or bytes.
 * @param options What else is looked for.
 * @throws SecretsFoundError if a secret is found; the message names span and field, never the secret.
 * @throws RangeError if a secret is too short to be looked for.
 *
 * @example Prove that a key is not recorded
 * ```ts
 * import { assertNoSecrets, createTestTracing } from "@dcmx-tracing/testing";
 * import { expect } from "vitest";
 *
 * const key = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
 * const tracing = createTestTracing();
 * tracing.tracer().startSpan("sign").setAttribute("debug", `signing with ${key.slice(2)}`).end();
 *
 * expect(() => assertNoSecrets(tracing.spans(), [key])).toThrow('span "sign", attributes["debug"]: secret 1');
 * await tracing.shutdown();
 * ```
 */
export function assertNoSecrets(
  spans: readonly ReadableSpan[],
  secrets: readonly (string | Uint8Array)[] = [],
  options: AssertNoSecretsOptions = {},
): void {
  const { shapes = true } = options;
  const wanted = secrets.map(prepare);
  const findings: SecretFinding[] = [];
  for (const span of spans) {
    for (const place of spanTexts(span)) {
      const what = found(place.text, wanted) ?? (shapes ? shapeOf(place) : undefined);
      const finding = {
        span: masked(span.name, wanted),
        field: masked(place.field, wanted),
        what: what ?? "",
      };
      if (what !== undefined && !findings.some((known) => isSame(known, finding))) findings.push(finding);
    }
  }
  if (findings.length > 0) throw new SecretsFoundError(findings);
}

interface Wanted {
  readonly hint: string;
  readonly needles: readonly Needle[];
}

function prepare(secret: string | Uint8Array, index: number): Wanted {
  if (secret.length < MIN_SECRET_LENGTH) {
    throw new RangeError(
      `Cannot look for secret ${index + 1} as it must have ${MIN_SECRET_LENGTH} or more characters: it has ${secret.length}`,
    );
  }
  const size = typeof secret === "string" ? `${secret.length} characters` : `${secret.length} bytes`;
  return { hint: `secret ${index + 1} (${size}`, needles: secretNeedles(secret) };
}

function found(text: string, wanted: readonly Wanted[]): string | undefined {
  const texts = searchableTexts(text);
  for (const { hint, needles } of wanted) {
    const needle = needles.find((each) => texts.some((searched) => searched.includes(each.text)));
    if (needle !== undefined) return `${hint}, as ${needle.encoding})`;
  }
  return undefined;
}

function shapeOf(place: SpanText): string | undefined {
  const shape = secretShape(place);
  return shape === undefined ? undefined : `looks like ${shape}`;
}

/** A name is repeated in the message only when it does not give a secret away itself. */
function masked(text: string, wanted: readonly Wanted[]): string {
  return found(text, wanted) === undefined && secretShape({ field: "", text }) === undefined
    ? text
    : "(masked)";
}

function isSame(a: SecretFinding, b: SecretFinding): boolean {
  return a.span === b.span && a.field === b.field && a.what === b.what;
}
