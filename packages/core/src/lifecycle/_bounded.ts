import { timerMs } from "../pipeline/_timer_ms.ts";

/**
 * Waits for a promise, but not longer than a bound. The timer keeps the process alive, as an awaited flush should; it
 * is gone as soon as the promise settles.
 *
 * @param promise What is waited for; its rejection counts as not settled.
 * @param timeoutMs The bound.
 * @returns Its value, or undefined when the bound was over or it rejected.
 */
export async function bounded<T>(promise: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, timerMs(timeoutMs), undefined);
  });
  try {
    return await Promise.race([promise, bound]);
  } catch {
    return undefined; // the caller reports what did not settle
  } finally {
    clearTimeout(timer);
  }
}
