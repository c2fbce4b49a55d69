import {
  ATTR_TX_REVERT_ARG_TYPES,
  ATTR_TX_REVERT_CODE,
  ATTR_TX_REVERT_DATA,
  ATTR_TX_REVERT_NAME,
  ATTR_TX_REVERT_REASON,
  ATTR_TX_REVERT_SIGNATURE,
} from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { guarded } from "./_report.ts";

/** ethers' Interface, as far as it is used here. */
export interface ErrorDecoder {
  parseError(data: string): { readonly name: string; readonly signature: string } | null;
}

/**
 * Why a call reverted, from a CALL_EXCEPTION of ethers. The values of a custom error's arguments are not recorded; its
 * signature tells their types.
 *
 * @param decoder Interface of the contract: ethers itself does not decode custom errors of `estimateGas`.
 */
export function revertAttributes(error: unknown, decoder?: ErrorDecoder): Attributes | undefined {
  // The getters of an error may throw as well.
  return guarded("a revert could not be described", () => readRevert(error, decoder));
}

function readRevert(error: unknown, decoder: ErrorDecoder | undefined): Attributes | undefined {
  const { code, reason, revert, data } = fieldsOf(Object(error));
  if (code !== "CALL_EXCEPTION") return undefined;
  const known = typeof revert === "object" && revert !== null ? fieldsOf(revert) : decode(data, decoder);
  return describe(known, reason, data);
}

/** The same for the raw data of a revert. */
export function revertDataAttributes(data: string, decoder?: ErrorDecoder): Attributes {
  const builtin = decodeBuiltin(data);
  return describe(builtin ?? decode(data, decoder), builtin?.reason, data);
}

function describe(known: object | undefined, reason: unknown, data: unknown): Attributes {
  const { name, signature } = fieldsOf(known ?? {});
  const attributes: Attributes = {};
  if (typeof name === "string") attributes[ATTR_TX_REVERT_NAME] = name;
  if (typeof signature === "string") attributes[ATTR_TX_REVERT_SIGNATURE] = signature;
  // For custom errors ethers puts the signature here as well.
  if (typeof reason === "string" && reason !== signature)
    attributes[ATTR_TX_REVERT_REASON] = reason.slice(0, MAX_REASON);
  const types = typeof signature === "string" ? /\((.+)\)$/.exec(signature)?.[1] : undefined;
  if (types !== undefined && name !== "Error" && name !== "Panic")
    attributes[ATTR_TX_REVERT_ARG_TYPES] = types;
  if (isData(data)) {
    attributes[ATTR_TX_REVERT_DATA] = data.slice(0, MAX_DATA);
    if (isPanic(data)) attributes[ATTR_TX_REVERT_CODE] = `0x${data.slice(72, 74)}`;
  }
  return attributes;
}

const MAX_REASON = 200;
/** `0x`, the selector and four words. */
const MAX_DATA = 266;

function decode(data: unknown, decoder: ErrorDecoder | undefined): object | undefined {
  if (decoder === undefined || !isData(data)) return undefined;
  return guarded("a custom error could not be decoded", () => decoder.parseError(data)) ?? undefined;
}

interface BuiltinError {
  readonly name: string;
  readonly signature: string;
  readonly reason: string | undefined;
}

/** `Error(string)` and `Panic(uint256)`. Source: https://docs.soliditylang.org/en/latest/control-structures.html */
function decodeBuiltin(data: string): BuiltinError | undefined {
  if (isPanic(data)) {
    const reason = `Panic(0x${data.slice(72, 74)})`;
    return { name: "Panic", signature: "Panic(uint256)", reason };
  }
  if (!data.startsWith("0x08c379a0")) return undefined;
  const length = Number.parseInt(data.slice(74, 138), 16);
  const text = data.slice(138, 138 + Math.min(length, MAX_REASON) * 2);
  const bytes = new Uint8Array((text.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
  return { name: "Error", signature: "Error(string)", reason: new TextDecoder().decode(bytes) };
}

/** Panic(uint256), whose codes are below 256. */
function isPanic(data: string): boolean {
  return data.startsWith("0x4e487b71") && data.length >= 74;
}

function isData(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-f]{8,}$/i.test(value);
}
