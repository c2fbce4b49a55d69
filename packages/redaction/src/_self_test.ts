import type { Redactor } from "./create_redactor.ts";

/** Made-up secrets, and what must be left of the texts around them. */
const CANARIES: readonly (readonly [secret: string, text: string, kept: string])[] = [
  [
    "b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef",
    "loaded 0x{} from vault",
    "from vault",
  ],
  [
    "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "got {} from user",
    "from user",
  ],
];

/** Checks that the engine still finds what it must; returns why exports are to be refused. */
export function selfTest(redactor: Redactor): Error | undefined {
  for (const [secret, text, kept] of CANARIES) {
    const out = redactor.redactString(text.replace("{}", secret));
    if (out.includes(secret) || !out.includes(kept))
      return new Error("Redaction failed its self-test: nothing is exported");
  }
  return undefined;
}
