/** Hundredths of a percent: 500 are 5 %. */
export const BPS = 10_000n;

/** Who gets which part of a royalty. */
export interface RoyaltyShare {
  readonly payee: string;
  /** The part in basis points. */
  readonly bps: bigint;
}

/** What a payee gets, in wei. */
export interface RoyaltyPayment {
  readonly payee: string;
  readonly amount: bigint;
}

/** The royalty of a sale in wei, rounded down as ERC-2981 contracts do it. */
export function royaltyOf(price: bigint, bps: bigint): bigint {
  return (price * bps) / BPS;
}

/**
 * Splits a royalty to the last wei: what division leaves over goes to the first payee, as the contract does it.
 *
 * @throws RangeError if the shares are not 10,000 basis points together, or one of them is negative.
 */
export function splitRoyalty(amount: bigint, shares: readonly RoyaltyShare[]): RoyaltyPayment[] {
  const sum = shares.reduce((total, share) => total + share.bps, 0n);
  if (sum !== BPS || shares.some((share) => share.bps < 0n)) {
    throw new RangeError(
      `Cannot split the royalty as the shares must be ${BPS} basis points together: they are ${sum}`,
    );
  }
  const payments = shares.map(({ payee, bps }) => ({ payee, amount: royaltyOf(amount, bps) }));
  const rest = amount - payments.reduce((total, payment) => total + payment.amount, 0n);
  return payments.map((payment, index) =>
    index === 0 ? { ...payment, amount: payment.amount + rest } : payment,
  );
}
