import type { PageResponse } from "./_serve_page.ts";

/** Makes a web-standard Response of an answer; the page is written as the body is read. */
export function toFetchResponse(page: PageResponse): Response {
  if (typeof page.body === "string") {
    return new Response(page.body === "" ? null : page.body, { status: page.status, headers: page.headers });
  }
  const chunks = page.body[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
  const body = page.gzip ? stream.pipeThrough(new CompressionStream("gzip")) : stream;
  return new Response(body, { status: page.status, headers: page.headers });
}
