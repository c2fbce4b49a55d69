/**
 * A length that a timer can have. Node makes a longer one than 24.8 days a timer of 1 ms, so that who asks for no bound
 * would get none of the time at all.
 *
 * @param ms Milliseconds, `Infinity` included.
 */
export function timerMs(ms: number): number {
  return Math.min(ms, 2 ** 31 - 1);
}
