import { unpatch } from "./_patch.ts";
import { registry } from "./_registry.ts";
import type { ResolvedOptions } from "./_resolve_options.ts";

/** Instruments every provider in the name of a namespace or of the module hooks. */
export function enableNamespace(owner: object, options: ResolvedOptions): void {
  const shared = registry();
  if (!shared.namespaces.has(owner)) {
    shared.namespaces.add(owner);
    shared.users++;
  }
  shared.global = options;
}

/** Takes that back; false when the owner had not instrumented anything. */
export function disableNamespace(owner: object): boolean {
  const shared = registry();
  if (!shared.namespaces.delete(owner)) return false;
  if (shared.namespaces.size === 0) shared.global = undefined;
  shared.users--;
  restoreUnused();
  return true;
}

/** Gives the classes their own methods back when nobody needs the patches any more. */
export function restoreUnused(): void {
  const shared = registry();
  if (shared.users > 0) return;
  for (const prototype of [...shared.prototypes]) unpatch(prototype);
}
