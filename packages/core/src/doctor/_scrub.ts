import { maskUrls } from "../config/mask_value.ts";
import type { ResolvedConfig } from "../config/resolve_config.ts";

const SHORTEST_SECRET = 4;

/**
 * A last pass over every text of a report: whatever a library put into an error message, the configured secrets are
 * not in it.
 *
 * @param config For the header values and the credentials of the URLs.
 */
export function createScrubber(config: ResolvedConfig): (text: string) => string {
  const secrets = new Set<string>();
  for (const value of Object.values(config.headers.value)) {
    secrets.add(value);
    // "Bearer abc": the part behind the scheme is the secret as well
    for (const word of value.split(/\s+/).slice(1)) secrets.add(word);
  }
  for (const setting of [config.tracesUrl, config.otlpEndpoint]) {
    if (!URL.canParse(setting.value)) continue;
    const url = new URL(setting.value);
    for (const part of [url.password, url.username, ...url.searchParams.values()]) {
      secrets.add(part);
      secrets.add(decoded(part));
    }
  }
  const sorted = [...secrets]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  return (text) => sorted.reduce((result, secret) => result.replaceAll(secret, "***"), maskUrls(text));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray percent sign: the text as it is was added already
  }
}
