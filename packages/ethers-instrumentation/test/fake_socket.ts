import type { WebSocketLike } from "ethers";

/** A WebSocket in memory: the test is the node at its other end. */
export class FakeSocket implements WebSocketLike {
  onopen: ((...args: unknown[]) => unknown) | null = null;
  onmessage: ((...args: unknown[]) => unknown) | null = null;
  onerror: ((...args: unknown[]) => unknown) | null = null;
  readyState = 1;
  readonly sent: { id: number; method: string; params: unknown[] }[] = [];
  readonly url = "wss://node.example/ws/9aa3d95b3bc440fa88ea12eaa4456161";

  /** Answers what was sent, or does not. */
  answer: (call: { id: number; method: string }) => unknown = ({ method }) =>
    method === "eth_chainId" ? "0x7a69" : "0x1";

  /** Called by the provider. */
  send(payload: string): void {
    // ethers sends one JSON-RPC call in each message.
    const call = JSON.parse(payload) as { id: number; method: string; params: unknown[] };
    this.sent.push(call);
    const result = this.answer(call);
    if (result !== undefined) this.deliver({ jsonrpc: "2.0", id: call.id, result });
  }

  /** Delivers a message to the provider. */
  deliver(message: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }

  /** Called by the provider. */
  close(): void {
    this.readyState = 3;
  }
}
