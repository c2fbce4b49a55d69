import { maskUrls } from "../config/mask_value.ts";
import { probeHttp } from "./_probes.ts";
import { type Finding, finding, ok } from "./doctor_report.ts";

/**
 * Asks an Ethereum node for its chain id, and looks whether its URL holds a key.
 *
 * @param rpcUrl The node's JSON-RPC endpoint.
 * @param timeoutMs Bound of the request.
 */
export async function chainFindings(rpcUrl: string, timeoutMs: number): Promise<Finding[]> {
  if (!URL.canParse(rpcUrl) || !/^https?:/.test(rpcUrl)) {
    return [
      finding(
        "error",
        "chain.invalid_url",
        "the RPC endpoint is no http URL",
        maskUrls(rpcUrl),
        "Write https://HOST/...",
      ),
    ];
  }
  const shown = maskUrls(rpcUrl);
  const found: Finding[] = [];
  if (shown !== rpcUrl) {
    found.push(
      finding(
        "info",
        "chain.url_holds_key",
        "the RPC URL holds a key, which spans and this report mask",
        shown,
        "",
      ),
    );
  }
  const probe = await probeHttp(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
    timeoutMs,
  });
  if ("error" in probe) {
    found.push(
      finding(
        "error",
        "chain.unreachable",
        "the RPC endpoint does not answer",
        `${shown}: ${probe.error}`,
        "Check host, port and network.",
      ),
    );
    return found;
  }
  const chainId = readChainId(probe.value.body);
  found.push(
    chainId === undefined
      ? finding(
          "error",
          "chain.no_chain_id",
          "the RPC endpoint does not tell its chain id",
          `${shown}: HTTP ${probe.value.status}`,
          "Check the key and the path.",
        )
      : ok("chain.id", `the RPC endpoint serves chain ${chainId}`, shown),
  );
  return found;
}

function readChainId(body: string): number | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    const result: unknown = Reflect.get(Object(answer), "result");
    const id = typeof result === "string" ? Number(result) : Number.NaN;
    return Number.isSafeInteger(id) ? id : undefined;
  } catch {
    return undefined; // not JSON: the caller says what came back
  }
}
