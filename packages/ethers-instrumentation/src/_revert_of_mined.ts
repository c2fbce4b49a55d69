import { ATTR_TX_REVERT_SOURCE } from "@dcmx-tracing/conventions";
import { type Attributes, context } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { revertDataAttributes } from "./_revert.ts";
import { trackedTransaction } from "./_tracked_transactions.ts";
import type { Wait } from "./_wait.ts";
import { withinBound } from "./_within_bound.ts";

/**
 * Why a mined transaction reverted: the receipt does not say. Asks the node, in the context of the wait, so that the
 * calls have no spans; gives up after a bound, as the application waits for it.
 *
 * @param tx The transaction as ethers holds it, for the replay.
 */
export async function revertOfMined(wait: Wait, error: unknown, tx: object): Promise<Attributes> {
  const { revertReason } = wait.state.options;
  const { code, receipt } = fieldsOf(Object(error));
  const { provider } = fieldsOf(tx);
  if (
    revertReason === "off" ||
    code !== "CALL_EXCEPTION" ||
    typeof receipt !== "object" ||
    receipt === null
  ) {
    return {};
  }
  const { send } = fieldsOf(Object(provider));
  if (typeof send !== "function") return {};
  const ask = (method: string, params: unknown): Promise<unknown> =>
    context.with(wait.context, async () => Reflect.apply(send, provider, [method, params]));
  const asked =
    revertReason === "trace" ? byTrace(ask, wait.request.hash) : byReplay(ask, tx, fieldsOf(receipt));
  const data = await withinBound(asked);
  if (typeof data !== "string" || data.length <= 2) return {};
  const decoder = trackedTransaction(wait.request.hash)?.decoder;
  return { ...revertDataAttributes(data, decoder), [ATTR_TX_REVERT_SOURCE]: revertReason };
}

type Ask = (method: string, params: unknown) => Promise<unknown>;

async function byTrace(ask: Ask, hash: string): Promise<unknown> {
  const tracer = { tracer: "callTracer", tracerConfig: { onlyTopCall: true } };
  return fieldsOf(Object(await ask("debug_traceTransaction", [hash, tracer]))).output;
}

/** Runs the transaction once more on the block before: earlier transactions of its own block are missing there. */
async function byReplay(ask: Ask, tx: object, receipt: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { from, to, data, value } = fieldsOf(tx);
  const { blockNumber } = receipt;
  if (typeof blockNumber !== "number" || typeof data !== "string") return undefined;
  const call = { from, to, data, value: `0x${BigInt(String(value)).toString(16)}` };
  try {
    await ask("eth_call", [call, `0x${Math.max(0, blockNumber - 1).toString(16)}`]);
    return undefined;
  } catch (error) {
    // A revert is what is asked for; any other failure has no data.
    return fieldsOf(Object(error)).data;
  }
}
