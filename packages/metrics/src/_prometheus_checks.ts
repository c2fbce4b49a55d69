import { invalidOption } from "./_invalid_option.ts";
import { MetricsSetupError } from "./metrics_setup_error.ts";
import type { PrometheusOptions } from "./prometheus_options.ts";

/** Options with their defaults. */
export type CheckedPrometheusOptions = Readonly<
  Required<Omit<PrometheusOptions, "authToken">> & { authToken: string | undefined }
>;

const ACTION = "serve the Prometheus page";

/** Fills in the defaults of the options of the page, and checks them. */
export function checkPrometheusOptions(options: PrometheusOptions): CheckedPrometheusOptions {
  const { listen = true, host = "127.0.0.1", port = 9464, path = "/metrics", authToken } = options;
  const { scopeLabels = true, targetInfo = true, strict = false } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    invalidOption(ACTION, "prometheus.port", "a whole number from 0 to 65535", port);
  if (typeof host !== "string" || host === "")
    invalidOption(ACTION, "prometheus.host", "an address such as '127.0.0.1'", host);
  if (typeof path !== "string" || !/^\/[^?#\s]*$/.test(path))
    invalidOption(ACTION, "prometheus.path", "a path that starts with '/'", path);
  // The value is not shown: it may be a token that was given in the wrong type.
  if (authToken !== undefined && (typeof authToken !== "string" || authToken === "")) {
    throw new MetricsSetupError(
      "option_invalid",
      "Cannot serve the Prometheus page as 'prometheus.authToken' must be a string that is not empty",
    );
  }
  return { listen, host, port, path, authToken, scopeLabels, targetInfo, strict };
}
