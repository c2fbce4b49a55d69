// Proves that the sources can be published to JSR: explicit types on every export, resolvable imports. Nothing is sent.
import { run } from "./_workspace.mjs";

const result = run("deno", ["publish", "--dry-run", "--allow-dirty"], {
  env: { ...process.env, NO_COLOR: "1" },
});
if (!result.ok) {
  console.error(result.output);
  process.exit(1);
}
console.log("deno publish --dry-run succeeded");
