import { textBefore } from "./_text_before.ts";

/** Names that say nothing themselves: the value belongs to the name in another field of the record. */
export const VALUE_NAME: RegExp = /^(?:value|val|v|content|string)$/i;

const NAME =
  /["']?\b(?:name|key|field|header|param|parameter|variable|label|option|k)["']?\s{0,2}[:=]\s{0,2}["']?([\w.-]{1,64})["']?[\s,;]{1,10}(?:["'][^{}]{0,96})?["']?$/i;

/** The name in the same record as what starts at a position: `{"name":"role","type":"bytes32","value":"0x.."}`. */
export function nameBeside(text: string, start: number): string | undefined {
  return NAME.exec(textBefore(text, start, 200))?.[1];
}
