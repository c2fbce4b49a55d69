/** A form in which a secret may stand in a text. */
export interface Needle {
  readonly encoding: "plain" | "hex" | "base64" | "decimal" | "bytes" | "words";
  /** Lower case, as the texts that are searched. */
  readonly text: string;
}

/** The shortest secret, and the shortest needle, that is looked for: shorter ones are found by chance. */
export const MIN_SECRET_LENGTH = 6;

/** All forms of a secret that are looked for; the percent and JSON escapes are undone in the texts instead. */
export function secretNeedles(secret: string | Uint8Array): Needle[] {
  const needles: Needle[] = [];
  const add = (encoding: Needle["encoding"], text: string): void => {
    const lower = text.toLowerCase();
    if (lower.length >= MIN_SECRET_LENGTH && !needles.some((needle) => needle.text === lower)) {
      needles.push({ encoding, text: lower });
    }
  };
  if (typeof secret === "string") {
    add("plain", secret);
    if (/\s/.test(secret.trim())) add("words", wordsOf(secret));
    addBytes(Buffer.from(secret, "utf8"), add);
  }
  const raw = typeof secret === "string" ? hexBytes(secret) : Buffer.from(secret);
  if (raw !== undefined) {
    addBytes(raw, add);
    add("decimal", BigInt(`0x${raw.toString("hex")}`).toString());
  }
  return needles;
}

/** The texts in which needles are looked for: as it stands, without escapes, and as bare words; in lower case. */
export function searchableTexts(text: string): string[] {
  const texts = new Set([text]);
  // Twice, as a value may be escaped inside something that is escaped again.
  for (let round = 0; round < 2; round++) {
    for (const known of [...texts]) texts.add(undoPercent(known)).add(undoJson(known));
  }
  const lower = [...texts].map((each) => each.toLowerCase());
  return [...new Set([...lower, ...lower.map(wordsOf)])];
}

function addBytes(bytes: Buffer, add: (encoding: Needle["encoding"], text: string) => void): void {
  if (bytes.length === 0) return;
  add("hex", bytes.toString("hex"));
  add("bytes", bytes.join(","));
  for (const shift of [0, 1, 2]) {
    // What stands before the secret shifts its base64 form. Characters that also depend on a neighbour are cut off.
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .replaceAll("=", "");
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    const inner = text.slice(start, end);
    add("base64", inner);
    add("base64", inner.replaceAll("+", "-").replaceAll("/", "_"));
  }
}

function hexBytes(secret: string): Buffer | undefined {
  const digits = secret.replace(/^0x/i, "");
  return /^(?:[0-9a-f]{2})+$/i.test(digits) ? Buffer.from(digits, "hex") : undefined;
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function undoPercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      // Not UTF-8: each byte as the character of its number, so that the ASCII among them is still read.
      return Buffer.from(escaped.replaceAll("%", ""), "hex").toString("latin1");
    }
  });
}

const JSON_ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function undoJson(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|(["\\/bfnrt]))/gi, (_all, code?: string, letter: string = "") =>
    code === undefined ? (JSON_ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
