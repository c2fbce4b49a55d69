// Run by versions.test.ts as a process of its own, from its source and as a bundle.
import { versions } from "./versions.ts";

void versions().then((found) => {
  process.stdout.write(JSON.stringify(found));
});
