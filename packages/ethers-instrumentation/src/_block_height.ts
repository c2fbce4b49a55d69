import { ATTR_BLOCKCHAIN_CHAIN_ID, ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT } from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { GAUGES, type Series, seriesOf } from "./_gauges.ts";
import { endpointAttributes, type ProviderState, toNumber } from "./_provider_state.ts";

// The series of an endpoint; a provider whose chain becomes known gets another one.
const series = new WeakMap<
  ProviderState,
  { readonly chainId: number | undefined; readonly series: Series }
>();

/** Takes note of the height that an endpoint has told, for seeing nodes that lag or stand still. */
export function noteBlockHeight(state: ProviderState, value: unknown): void {
  const height = toNumber(value);
  if (height === undefined) return;
  let known = series.get(state);
  if (known === undefined || known.chainId !== state.chainId) {
    known = { chainId: state.chainId, series: seriesOf(GAUGES.height, heightAttributes(state)) };
    series.set(state, known);
  }
  known.series.value = height;
}

function heightAttributes(state: ProviderState): Attributes {
  const all = endpointAttributes(state);
  const names = [ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, ATTR_BLOCKCHAIN_CHAIN_ID];
  return Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
}
