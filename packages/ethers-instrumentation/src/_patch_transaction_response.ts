import { ownsMethods, patchMethod } from "./_patch.ts";
import { observeWait } from "./_patch_wait.ts";

/** Patches the class of sent transactions, if this is its prototype. */
export function patchTransactionResponse(prototype: object): void {
  if (!ownsMethods(prototype, "wait", "replaceableTransaction")) return;
  patchMethod(prototype, "wait", observeWait);
}
