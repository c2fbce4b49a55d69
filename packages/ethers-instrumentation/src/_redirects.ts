import type { FetchRequestLike } from "./_http_attempts.ts";

/**
 * Takes headers that this package set out of the request that follows a redirect: ethers copies them to wherever it
 * leads. A header of the application with the same name comes back.
 *
 * @param next The request that follows.
 * @param injected Names of the headers.
 * @param own The request as the application made it.
 */
export function withdrawHeaders(
  next: FetchRequestLike,
  injected: ReadonlySet<string>,
  own: FetchRequestLike,
): void {
  if (injected.size === 0) return;
  const before = next.headers;
  next.clearHeaders();
  // What ethers computes by itself (content length, encoding) is still there and must not become a fixed value.
  const computed = next.headers;
  for (const [name, value] of Object.entries(before)) {
    const kept = injected.has(name) ? own.getHeader(name) : value;
    if (kept !== undefined && computed[name] !== kept) next.setHeader(name, kept);
  }
}
