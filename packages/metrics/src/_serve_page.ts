import { createHash, timingSafeEqual } from "node:crypto";
import { acceptsGzip, negotiateFormat } from "./_negotiate.ts";
import { sayOnce } from "./_say_once.ts";

/** What is known of a request, whatever server it came from. */
export interface PageRequest {
  readonly method: string;
  header(name: string): string | undefined;
}

/** An answer, whatever server sends it. */
export interface PageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array<ArrayBuffer>> | string;
  readonly gzip: boolean;
}

/** What makes the pages. */
export interface PageSource {
  readonly authToken: string | undefined;
  /** Collects what cannot be read in pieces; rejects when that fails. */
  page(openMetrics: boolean): Promise<AsyncGenerator<Uint8Array<ArrayBuffer>>>;
}

/** Answers a request for a page: method, token, format, then the page; status 500 when it cannot be made. */
export async function servePage(source: PageSource, request: PageRequest): Promise<PageResponse> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return plain(405, "Method not allowed", { allow: "GET, HEAD" });
  }
  if (source.authToken !== undefined && !authorized(request.header("authorization"), source.authToken)) {
    return plain(401, "Unauthorized", { "www-authenticate": "Bearer" });
  }
  const format = negotiateFormat(request.header("accept"));
  const gzip = acceptsGzip(request.header("accept-encoding"));
  const headers: Record<string, string> = {
    "content-type": format.contentType,
    vary: "accept, accept-encoding",
    "cache-control": "no-store",
  };
  if (gzip) headers["content-encoding"] = "gzip";
  if (request.method === "HEAD") return { status: 200, headers, body: "", gzip: false };
  try {
    // The first chunk is made before the status is sent: what fails early is a 500 and not a cut page.
    const page = await source.page(format.openMetrics);
    const first = await page.next();
    return { status: 200, headers, body: rest(first, page), gzip };
  } catch (error) {
    sayOnce(`scrape ${String(error)}`, `Could not write the Prometheus page: ${String(error)}`);
    return plain(500, `Could not write the page: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function* rest(
  first: IteratorResult<Uint8Array<ArrayBuffer>>,
  page: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (first.done === true) return;
  yield first.value;
  yield* page;
}

/** A short answer in plain text. */
export function plain(status: number, text: string, headers: Record<string, string> = {}): PageResponse {
  const type = { "content-type": "text/plain; charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body: `${text}\n`, gzip: false };
}

function authorized(header: string | undefined, token: string): boolean {
  // Digests have one length, so the comparison takes the same time whatever was sent.
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(header ?? ""), digest(`Bearer ${token}`));
}
