/** Lengths of international bank account numbers by country (ISO 13616). */
export const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  "15NO 16BE 18DKFIFKFOGLNLSD 19MKSI 20ATBAEEKZLTLUMNXK 21CHHRLILV 22BGBHCRDEGBGEIEMERSVA 23AEGIILIQOMSOTL 24ADCZESMDPKROSASESKTNVG 25LYPTST 26ISTR 27BIDJFRGRITMCMRSM 28ALAZBYCYDOGTHULBNIPLSV 29BREGPSQAUA 30JOKWMU 31MTSC 32LC 33RU"
    .split(" ")
    .flatMap((group) =>
      (group.slice(2).match(/../g) ?? []).map((country): [string, number] => [
        country,
        Number(group.slice(0, 2)),
      ]),
    ),
);

/** ISO 7064 modulo 97 over the rearranged number. */
export function hasIbanChecksum(iban: string, length: number): boolean {
  const digits = Array.from(iban.slice(4) + iban.slice(0, 4), (c) => Number.parseInt(c, 36));
  return iban.length === length && BigInt(digits.join("")) % 97n === 1n;
}

/** The check digit of card numbers (ISO/IEC 7812). */
export function hasLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
