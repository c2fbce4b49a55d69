/** Formats that a page can have. */
export interface NegotiatedFormat {
  readonly openMetrics: boolean;
  readonly contentType: string;
}

/**
 * Chooses the format of a page from the `Accept` header: OpenMetrics 1.0 when the client prefers it or likes it as
 * much as text, else the classic text format.
 */
export function negotiateFormat(accept: string | undefined): NegotiatedFormat {
  let openMetrics = 0;
  let text = accept === undefined || accept === "" ? 1 : 0;
  let escaping = false;
  for (const range of (accept ?? "").toLowerCase().split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
    const parameter = (name: string) =>
      parameters.find((p) => p.startsWith(`${name}=`))?.slice(name.length + 1);
    const quality = Number(parameter("q") ?? 1);
    const version = parameter("version");
    if (type === "application/openmetrics-text" && (version ?? "1.0.0") === "1.0.0") {
      openMetrics = Math.max(openMetrics, quality);
      escaping ||= parameter("escaping") !== undefined;
    } else if (type === "text/plain" || type === "text/*" || type === "*/*") text = Math.max(text, quality);
  }
  if (openMetrics > 0 && openMetrics >= text) {
    // Names are made of letters, digits and underscores whatever the client could take.
    const suffix = escaping ? "; escaping=underscores" : "";
    return {
      openMetrics: true,
      contentType: `application/openmetrics-text; version=1.0.0; charset=utf-8${suffix}`,
    };
  }
  return { openMetrics: false, contentType: "text/plain; version=0.0.4; charset=utf-8" };
}

/** Whether an `Accept-Encoding` header allows gzip. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  for (const coding of (acceptEncoding ?? "").toLowerCase().split(",")) {
    const [name, ...parameters] = coding.split(";").map((part) => part.trim());
    if (name !== "gzip" && name !== "*") continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return quality === undefined || Number(quality.slice(2)) > 0;
  }
  return false;
}
