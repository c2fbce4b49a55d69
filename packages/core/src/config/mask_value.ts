const MASK = "***";

/**
 * A printable form of a configuration value that holds no secret.
 *
 * Header values, fields named like a key or password, passwords in URLs, query values and long tokens in URL paths
 * become `***`. Bodies of functions and objects of classes are named, not printed.
 *
 * @param value Any configuration value.
 * @param secret Whether every text inside is a secret.
 * @returns Text of at most 200 characters.
 *
 * @example Print an endpoint without its key
 * ```ts
 * import { maskValue } from "@dcmx-tracing/core";
 *
 * const text = maskValue("https://user:pass@otlp.example.com/v1/traces?key=abc");
 * if (text !== '"https://***@otlp.example.com/v1/traces?key=***"') throw new Error(text);
 * ```
 */
export function maskValue(value: unknown, secret = false): string {
  const text = printable(value, secret, 0);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

function printable(value: unknown, secret: boolean, depth: number): string {
  if (typeof value === "string") return secret ? MASK : JSON.stringify(maskUrls(value));
  if (typeof value === "function") return `[function ${value.name || "anonymous"}]`;
  if (typeof value === "bigint" || typeof value === "symbol") return secret ? MASK : String(value);
  if (typeof value !== "object" || value === null) return secret && value != null ? MASK : String(value);
  if (value instanceof RegExp) return String(value);
  if (depth > 2) return "[...]";
  if (Array.isArray(value)) return `[${value.map((item) => printable(item, secret, depth + 1)).join(", ")}]`;
  const name = Object.getPrototypeOf(value)?.constructor?.name ?? "Object";
  if (name !== "Object") return `[${name}]`;
  const fields = Object.entries(value).map(
    ([key, item]) => `${key}: ${printable(item, secret || isSecretField(key), depth + 1)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** Whether a field of this name holds a secret: the headers or the TLS material of an exporter, a key, a token. */
export function isSecretField(name: string): boolean {
  return /^(headers|tls|cookie)$|authorization|password|secret|token|credential|(^|[._-])key$|[a-z]Key$/i.test(
    name,
  );
}

/** Masks user info, query values and token-like path parts of every URL in a text. */
export function maskUrls(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)([^\s"'<>]+)/gi, (_, scheme: string, rest: string) => {
    const [beforeQuery = "", query] = rest.split(/\?(.*)/s);
    const slash = beforeQuery.indexOf("/");
    const authority = slash < 0 ? beforeQuery : beforeQuery.slice(0, slash);
    const path = slash < 0 ? "" : beforeQuery.slice(slash);
    const host = authority.includes("@")
      ? `${MASK}@${authority.slice(authority.lastIndexOf("@") + 1)}`
      : authority;
    // Long words are taken for keys, but for trace ids in the links of a trace viewer.
    const safePath = path.replace(/(?<!\/traces?\/|[A-Za-z0-9_-])[A-Za-z0-9_-]{20,}/g, MASK);
    const safeQuery = query === undefined ? "" : `?${query.replace(/=[^&]*/g, `=${MASK}`)}`;
    return `${scheme}${host}${safePath}${safeQuery}`;
  });
}
