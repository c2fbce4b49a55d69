/** The samples of a page by name and labels, for the names that a pattern fits; without HELP, TYPE, UNIT and EOF. */
export function samplesOf(page: string, pattern: RegExp = /^/): Record<string, string> {
  const samples: Record<string, string> = {};
  for (const line of page.split("\n")) {
    if (line === "" || line.startsWith("#") || !pattern.test(line)) continue;
    const end = line.lastIndexOf("} ") + 1 || line.indexOf(" ");
    samples[line.slice(0, end)] = line.slice(end + 1);
  }
  return samples;
}
