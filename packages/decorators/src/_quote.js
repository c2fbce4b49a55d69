/** Text that JSON must escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes exactly these
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;
/** Writes a text as JSON. */
export function quote(text) {
    return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}
/** Longer keys are cut. */
const MAX_KEY = 128;
/** Keys come again and again: their JSON is kept, up to a bound. */
const quotedKeys = new Map();
/** Writes a key as JSON, with the colon. */
export function quotedKey(key) {
    const known = quotedKeys.get(key);
    if (known !== undefined)
        return known;
    const short = key.length > MAX_KEY ? `${key.slice(0, MAX_KEY - 1)}…` : key;
    const quoted = `${quote(short)}:`;
    if (quotedKeys.size < 2000 && short === key)
        quotedKeys.set(key, quoted);
    return quoted;
}
