import { fieldsOf } from "./_error_info.ts";

/** The provider of a signer, of a contract, or of a contract's signer. */
export function providerBehind(target: object): object | undefined {
  const { provider, runner } = fieldsOf(target);
  if (typeof provider === "object" && provider !== null) return provider;
  if (typeof runner !== "object" || runner === null) return undefined;
  const { provider: behind } = fieldsOf(runner);
  return typeof behind === "object" && behind !== null ? behind : undefined;
}
