import { spawnSync } from "node:child_process";
import type { TlsMaterial } from "../pipeline/pipeline_options.ts";

/** One encoded export request. */
export interface SyncRequest {
  /** Where to send it. */
  readonly url: string;
  /** Its headers, content type and encoding included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** TLS material for https. */
  readonly tls?: TlsMaterial;
}

/**
 * Sends requests while the process is about to end and nothing asynchronous runs any more: a child process does it,
 * and this one waits for it, within a bound.
 *
 * It costs the start of a Node process, about 50 ms, which is why it is used only when spans are waiting in `exit`.
 *
 * @param requests What is to be sent.
 * @param timeoutMs Bound of the whole.
 * @returns For each request whether the collector acknowledged it.
 */
export function deliverSync(requests: readonly SyncRequest[], timeoutMs: number): boolean[] {
  const head = JSON.stringify(
    requests.map(({ url, headers, body, tls }) => ({
      url,
      headers,
      length: body.length,
      tls: tlsTexts(tls),
    })),
  );
  const input = Buffer.concat([Buffer.from(`${head}\n`), ...requests.map(({ body }) => body)]);
  // Options of the parent, such as --import of a preload, would start tracing in the child as well.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawnSync(process.execPath, ["-e", CHILD], {
    input,
    timeout: Math.max(1, Math.ceil(timeoutMs)),
    killSignal: "SIGKILL",
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
    env,
  });
  const acknowledged = new Set((child.stdout?.toString() ?? "").split("\n"));
  return requests.map((_request, index) => acknowledged.has(String(index)));
}

function tlsTexts(tls: TlsMaterial | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tls ?? {}).map(([key, value]) => [
      key,
      typeof value === "string" ? value : Buffer.from(value).toString(),
    ]),
  );
}

// Plain JavaScript for `node -e`: reads a line of JSON and the bodies behind it, posts them one after the other, and
// prints the index of each that was answered with success, at once, so that a killed child has still told of some.
const CHILD = `
const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk)).on("end", async () => {
  const input = Buffer.concat(chunks);
  const end = input.indexOf(10);
  let at = end + 1;
  const requests = JSON.parse(input.subarray(0, end).toString());
  for (const [index, { url, headers, length, tls }] of requests.entries()) {
    const body = input.subarray(at, at + length);
    at += length;
    const secure = url.startsWith("https:");
    const { request } = require(secure ? "node:https" : "node:http");
    const ok = await new Promise((resolve) => {
      const call = request(url, { method: "POST", headers, agent: false, ...tls }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode < 300)).on("error", () => resolve(false));
      });
      call.on("error", () => resolve(false)).end(body);
    });
    if (ok) require("node:fs").writeSync(1, index + "\\n");
    else break;
  }
});
`;
