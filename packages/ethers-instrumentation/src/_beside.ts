/**
 * How many requests are running that do not go through a JSON-RPC provider. ethers tells about them in `debug` events,
 * which every call emits as well: while there are none of these requests, the events need no look.
 */
export const BESIDE: { running: number } = { running: 0 };
