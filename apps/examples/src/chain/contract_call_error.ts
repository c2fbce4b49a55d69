import { type Contract, isError } from "ethers";

/** A contract refused a call. The message names the method and the custom error, and holds no calldata. */
export class ContractCallError extends Error {
  /** The custom error of the contract, such as `RoyaltyAlreadyPaid`; undefined when it could not be read. */
  readonly errorName: string | undefined;

  constructor(method: string, errorName: string | undefined, block?: number) {
    const where = block === undefined ? "" : ` in block ${block}`;
    super(`Cannot call ${method} as the contract reverted${where}: ${errorName ?? "no reason given"}`);
    this.name = "ContractCallError";
    this.errorName = errorName;
  }
}

/**
 * Makes a {@linkcode ContractCallError} of an error of ethers, whose own message holds calldata and receipts. Other
 * errors come back as they are.
 */
export async function explainRevert(
  error: unknown,
  contract: Contract,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  if (!isError(error, "CALL_EXCEPTION")) return error;
  const { receipt } = error;
  if (receipt === undefined || receipt === null)
    return new ContractCallError(method, errorName(contract, error.data));
  // A mined transaction leaves no reason: the same call on the state of its block tells it.
  const again = { from: receipt.from, blockTag: receipt.blockNumber };
  const data = await contract
    .getFunction(method)
    .staticCall(...args, again)
    .then(
      () => null,
      (replayed: unknown) => (isError(replayed, "CALL_EXCEPTION") ? replayed.data : null),
    );
  return new ContractCallError(method, errorName(contract, data), receipt.blockNumber);
}

function errorName(contract: Contract, data: string | null): string | undefined {
  return data === null ? undefined : contract.interface.parseError(data)?.name;
}
