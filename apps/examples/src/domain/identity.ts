/** Personal data of an artist: it is checked, and goes neither into a span, nor a metric, nor a log. */
export interface Identity {
  readonly legalName: string;
  /** ISO 8601, as 1990-04-01. */
  readonly birthDate: string;
  /** Number of the passport with its check digit at the end. */
  readonly passportNumber: string;
}

/** The outcome of {@linkcode verifyIdentity}; the reason names a rule, never the data. */
export interface IdentityCheck {
  readonly verified: boolean;
  /** How far the check went: 0 failed, 1 the data is plausible, 2 the document is. */
  readonly kycLevel: 0 | 1 | 2;
  readonly reason?: "name missing" | "not a date" | "under age" | "document number";
}

/** Checks name, age and the check digit of the passport's number (ICAO 9303, part 3, section 4.9). */
export function verifyIdentity(identity: Identity, today: Date = new Date()): IdentityCheck {
  if (identity.legalName.trim() === "") return { verified: false, kycLevel: 0, reason: "name missing" };
  const birth = new Date(`${identity.birthDate}T00:00:00Z`);
  if (Number.isNaN(birth.getTime())) return { verified: false, kycLevel: 0, reason: "not a date" };
  const adult = new Date(birth);
  adult.setUTCFullYear(birth.getUTCFullYear() + 18);
  if (adult > today) return { verified: false, kycLevel: 0, reason: "under age" };
  if (!hasCheckDigit(identity.passportNumber))
    return { verified: false, kycLevel: 1, reason: "document number" };
  return { verified: true, kycLevel: 2 };
}

function hasCheckDigit(number: string): boolean {
  const match = /^([0-9A-Z<]{9})([0-9])$/.exec(number);
  const [, body = "", digit] = match ?? [];
  const weights = [7, 3, 1];
  const sum = [...body].reduce((total, char, index) => {
    const value = char === "<" ? 0 : Number.parseInt(char, 36);
    return total + value * (weights[index % 3] ?? 0);
  }, 0);
  return match !== null && sum % 10 === Number(digit);
}
