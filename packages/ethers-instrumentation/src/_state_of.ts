import { patchClassesOf } from "./_patch_classes.ts";
import { patchTransport } from "./_patch_json_rpc.ts";
import { createState, type ProviderState } from "./_provider_state.ts";
import { registry } from "./_registry.ts";
import { guarded } from "./_report.ts";

const shared = registry();

/**
 * The state of a provider. While a whole namespace is instrumented, a provider gets its state when it is first seen.
 *
 * @returns Undefined for providers that are not instrumented: their calls go straight through.
 */
export function stateOf(provider: unknown): ProviderState | undefined {
  if (typeof provider !== "object" || provider === null) return undefined;
  const state = shared.states.get(provider);
  if (state !== undefined) return state ?? undefined;
  const { global } = shared;
  if (global === undefined) return undefined;
  return guarded("a provider could not be instrumented", () => {
    const made = createState(provider, global);
    shared.states.set(provider, made);
    // Classes of the application's own are not among the exports of ethers.
    patchClassesOf(provider);
    patchTransport(provider, made);
    return made;
  });
}
