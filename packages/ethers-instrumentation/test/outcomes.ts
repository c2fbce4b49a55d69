/** What the application sees of one operation. */
export type Outcome = readonly [name: string, result: unknown];

/** Runs an operation and keeps what it gives or throws. */
export type Run = (name: string, operation: () => unknown) => Promise<unknown>;

/** Collects the outcomes of operations, in a form that can be compared. */
export function collectOutcomes(): { readonly outcomes: Outcome[]; readonly run: Run } {
  const outcomes: Outcome[] = [];
  const run: Run = async (name, operation) => {
    try {
      const result: unknown = await operation();
      outcomes.push([name, plain(result)]);
      return result;
    } catch (error) {
      outcomes.push([name, describe(error)]);
      return undefined;
    }
  };
  return { outcomes, run };
}

/** Without what differs from run to run: ports are free ones, the numbers of calls depend on how often ethers polled. */
export function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:0")
      .replace(/(id\\*": *)\d+/g, "$10"),
  );
}

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(
      value ?? null,
      (key, item: unknown) => hidden(key) ?? (typeof item === "bigint" ? `${item}n` : shallow(item)),
    ),
  );
}

/** Objects that lead from one to the other without end. */
function hidden(key: string): string | undefined {
  return ["provider", "runner", "interface"].includes(key) ? "..." : undefined;
}

function shallow(item: unknown): unknown {
  return typeof item === "function" ? `function ${item.name}` : item;
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { thrown: error };
  const { message, name, ...fields } = Object.assign({ message: error.message, name: error.name }, error);
  return { class: error.constructor.name, name, message, fields: plain(fields) };
}
