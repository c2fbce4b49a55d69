// solc has no types of its own; this is the part that is used.
declare module "solc" {
  interface Solc {
    version(): string;
    compile(
      input: string,
      callbacks: { import(path: string): { contents: string } | { error: string } },
    ): string;
  }
  const solc: Solc;
  export default solc;
}
