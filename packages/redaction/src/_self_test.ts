import { createHash } from "node:crypto";
import type { RedactionPack } from "./redaction_options.ts";

/** As long and as mixed as a key, and nobody's. */
const DIGITS = createHash("sha256").update("canary").digest("hex");
/** Made-up secrets of the packs, and texts around them. */
const CANARIES: readonly (readonly [pack: RedactionPack, secret: string, text: string])[] = [
  ["wallet", DIGITS, "loaded 0x{} from vault"],
  [
    "wallet",
    "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "got {} from user",
  ],
  ["rpc", DIGITS.slice(32), "POST https://mainnet.infura.io/v3/{} -> 401"],
  ["credentials", "n0t-A-r3al-0ne", "login failed, password: {}"],
];

/** Checks that the engine still finds what its packs must find; returns why exports are to be refused. */
export function selfTest(
  packs: readonly RedactionPack[],
  redact: (text: string) => string,
): Error | undefined {
  for (const [pack, secret, text] of CANARIES) {
    if (!packs.includes(pack)) continue;
    if (redact(text.replace("{}", secret)).includes(secret)) {
      return new Error("Redaction failed its self-test: nothing is exported");
    }
  }
  return undefined;
}
