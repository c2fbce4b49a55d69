// The demo: `npm run demo` in the root of the repository.
import { runDemo } from "./run_demo.ts";

const { stdout } = process;
await runDemo({
  write: (text) => void stdout.write(text),
  width: Math.max(80, Math.min(stdout.columns ?? 120, 140)),
  color: stdout.isTTY === true && stdout.hasColors(),
});
