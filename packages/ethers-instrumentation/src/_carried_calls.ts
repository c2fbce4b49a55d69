import type { RpcCall } from "./_rpc_call.ts";

/** Finds the call that a parameters object belongs to: ethers carries the same object into the payload. */
export interface CarriedCalls {
  attach(params: object, call: RpcCall): void;
  has(params: object): boolean;
  /** The call of these parameters; it is forgotten thereby. */
  take(params: object): RpcCall | undefined;
}

/** A constructor that returns its argument lets a subclass add private fields to any object. */
class Itself {
  constructor(object: object) {
    // The language gives what a constructor returns to the subclass as its `this`.
    // biome-ignore lint/correctness/noConstructorReturn: the point of this class
    return object as Itself;
  }
}

/** A private field does what a WeakMap does, invisibly to the owner of the object, at an eighth of the cost. */
class Carrier extends Itself {
  #call: RpcCall | undefined;

  constructor(params: object, call: RpcCall) {
    super(params);
    this.#call = call;
  }

  static attach(params: object, call: RpcCall): void {
    if (#call in params) params.#call = call;
    else new Carrier(params, call);
  }

  static has(params: object): boolean {
    return #call in params && params.#call !== undefined;
  }

  static take(params: object): RpcCall | undefined {
    if (!(#call in params)) return undefined;
    const call = params.#call;
    params.#call = undefined;
    return call;
  }
}

/** The calls that are on their way to the transport. */
export const carriedCalls: CarriedCalls = Carrier;
