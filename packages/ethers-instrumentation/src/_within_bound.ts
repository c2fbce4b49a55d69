/** How long telemetry waits for an answer that it asked a node for itself. */
const BOUND_MS = 2000;

/**
 * The outcome of a question to a node, given up after two seconds: a node that does not answer must hold nothing up.
 *
 * @returns Undefined when the node refused or did not answer in time.
 */
export async function withinBound<T>(asked: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const bound = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), BOUND_MS);
  });
  try {
    return await Promise.race([asked.catch(() => undefined), bound]);
  } finally {
    clearTimeout(timer);
  }
}
