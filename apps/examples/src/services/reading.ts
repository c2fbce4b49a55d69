import { HttpError } from "./http_error.ts";

/** A text field of a body. */
export function readText(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value === "string" && value !== "") return value;
  throw new HttpError(400, "BAD_REQUEST", `The field '${field}' must be a text`);
}

/** An object of text fields in a body. */
export function readTexts<K extends string>(
  body: Readonly<Record<string, unknown>>,
  field: string,
  keys: readonly K[],
): Record<K, string> {
  const value = body[field];
  if (typeof value !== "object" || value === null) {
    throw new HttpError(400, "BAD_REQUEST", `The field '${field}' must be an object`);
  }
  const texts = Object.fromEntries(keys.map((key) => [key, readText(value as Record<string, unknown>, key)]));
  // Every key was read above.
  return texts as Record<K, string>;
}

/** Audio as it travels: 16-bit little-endian PCM in base64. */
export function writeAudio(audio: Float32Array): string {
  const pcm = Buffer.alloc(audio.length * 2);
  for (const [index, sample] of audio.entries()) {
    pcm.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), index * 2);
  }
  return pcm.toString("base64");
}

/** The samples of audio that travelled. */
export function readAudio(text: string): Float32Array {
  const pcm = Buffer.from(text, "base64");
  return Float32Array.from(
    { length: Math.floor(pcm.length / 2) },
    (_, index) => pcm.readInt16LE(index * 2) / 32_767,
  );
}
