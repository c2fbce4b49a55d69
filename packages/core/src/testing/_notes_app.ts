/** Starts and stops tracing, for what it says. */

import { initTracing } from "../mod.ts";

await initTracing().shutdown();
