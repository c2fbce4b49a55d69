import protobuf from "protobufjs/light.js";
import type { OtlpRequest } from "./_otlp_request.ts";
import { OTLP_SCHEMA } from "./_otlp_schema.ts";

const REQUEST = protobuf.Root.fromJSON(OTLP_SCHEMA).lookupType("ExportTraceServiceRequest");

/**
 * Reads the body of an OTLP trace request, in either encoding, into its JSON form.
 *
 * @param body The body, not compressed.
 * @param contentType `application/x-protobuf` or `application/json`, with or without parameters.
 * @returns The request.
 * @throws TypeError if the content type is another one; an error of the parser if the body is not what it says.
 */
export function decodeOtlp(body: Uint8Array, contentType: string): OtlpRequest {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") {
    const request: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof request !== "object" || request === null) throw new TypeError("The body is no JSON object");
    // Every field of the type is optional, and each is checked where it is used.
    return request as OtlpRequest;
  }
  if (type !== "application/x-protobuf") {
    throw new TypeError(
      `Cannot read the request as its content type must be application/x-protobuf or application/json: current value is ${type}`,
    );
  }
  // 64-bit numbers as text, as the JSON form has them; the schema gives the shape.
  const request = REQUEST.toObject(REQUEST.decode(body), { longs: String });
  return withHexIds(request) as OtlpRequest;
}

/** Byte fields become text: ids hexadecimal, values base64. */
function withHexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHexIds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      member instanceof Uint8Array
        ? Buffer.from(member).toString(key === "bytesValue" ? "base64" : "hex")
        : withHexIds(member),
    ]),
  );
}
