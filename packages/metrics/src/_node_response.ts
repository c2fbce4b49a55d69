import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { PageResponse } from "./_serve_page.ts";

/** Sends an answer by node:http; a page that fails half-way cuts the connection, so that the scrape fails. */
export async function sendByNode(response: ServerResponse, page: PageResponse, head: boolean): Promise<void> {
  response.writeHead(page.status, page.headers);
  if (head || typeof page.body === "string") {
    response.end(head ? undefined : page.body);
    return;
  }
  try {
    if (page.gzip) {
      // Level 1 costs a third of the default and the page is repetitive enough.
      await pipeline(Readable.from(page.body), createGzip({ level: 1 }), response);
      return;
    }
    for await (const chunk of page.body) {
      if (response.destroyed) return;
      if (!response.write(chunk)) await writable(response);
    }
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** Waits until a response takes more, or is gone. */
function writable(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}
