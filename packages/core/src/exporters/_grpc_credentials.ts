import type { TlsMaterial } from "../pipeline/pipeline_options.ts";
import { loadDependency } from "./_optional_exporters.ts";

/**
 * Headers and TLS files in the form that the gRPC exporter takes them.
 *
 * @param exporter The package whose gRPC library is used: its classes must be the exporter's own.
 * @param headers Request headers, which gRPC calls metadata.
 * @param tls TLS material; without any, the URL's scheme decides between the system's trust and no TLS.
 */
export function grpcCredentials(
  exporter: string,
  headers: Readonly<Record<string, string>>,
  tls: TlsMaterial,
): Record<string, unknown> {
  const grpc = Object(loadDependency(exporter, "@grpc/grpc-js"));
  const metadata: unknown = Reflect.construct(Reflect.get(grpc, "Metadata"), []);
  for (const [name, value] of Object.entries(headers)) call(metadata, "set", name, value);
  const { ca, cert, key } = tls;
  if (ca === undefined && cert === undefined) return { metadata };
  const files = [ca, key, cert].map((file) => (file === undefined ? null : Buffer.from(file)));
  return { metadata, credentials: call(Reflect.get(grpc, "credentials"), "createSsl", ...files) };
}

// The library is loaded at run time, so its types are not known here; a missing method is an error of that version.
function call(target: unknown, method: string, ...args: unknown[]): unknown {
  const found: unknown = Reflect.get(Object(target), method);
  if (typeof found !== "function") throw new TypeError(`@grpc/grpc-js has no ${method}`);
  return Reflect.apply(found, target, args);
}
