import { ContractCallError } from "../chain/contract_call_error.ts";
import { RejectedError } from "../domain/rejected_error.ts";
import { HttpError } from "./http_error.ts";

/** Runs a handler; a rule that says no becomes status 422, a contract that says no becomes status 409. */
export async function answering<T>(handler: () => Promise<T>): Promise<T> {
  try {
    return await handler();
  } catch (error) {
    if (error instanceof RejectedError) throw new HttpError(422, error.code, error.message);
    if (error instanceof ContractCallError)
      throw new HttpError(409, error.errorName ?? "REVERTED", error.message);
    throw error;
  }
}
