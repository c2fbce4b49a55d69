import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString, redactValue } = createRedactor();

/** Completes digits with the check digit of cards. */
function card(digits: string): string {
  for (let last = 0; last < 10; last++) {
    const whole = `${digits}${last}`;
    const sum = [...whole].reverse().reduce((total, c, i) => {
      const digit = i % 2 === 0 ? Number(c) : Number(c) * 2;
      return total + (digit > 9 ? digit - 9 : digit);
    }, 0);
    if (sum % 10 === 0) return whole;
  }
  return digits;
}

const NUMBER = card("411122233344455");
const BODY = "1234712398123471239812347";

/** Prefixes and lengths of the networks. */
const NETWORKS: readonly (readonly [network: string, prefixes: string, sizes: readonly number[]])[] = [
  ["Visa", "4", [13, 16, 19]],
  ["Mastercard", "51 52 53 54 55 22 23 24 25 26 27", [16]],
  ["American Express", "34 37", [15]],
  ["Discover", "6011 65 644 645 649", [16, 19]],
  ["JCB", "35", [16]],
  ["UnionPay", "62 81", [16, 19]],
  ["Diners Club", "300 301 305 36 38", [14]],
];
const numbers = NETWORKS.flatMap(([network, prefixes, sizes]) =>
  prefixes
    .split(" ")
    .flatMap((prefix) =>
      sizes.map((size) => ({ network, number: card((prefix + BODY).slice(0, size - 1)) })),
    ),
);

test.for(numbers)(
  "redactString() removes a number of $network where cards are spoken of: $number",
  ({ number }) => {
    expect(redactString(`card ${number} declined`)).toBe("card [REDACTED] declined");
    const wrong = number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
    expect(redactString(`card ${wrong} declined`)).toBe(`card ${wrong} declined`);
  },
);

test.for([
  card("4111222333444"),
  card("41112223334445"),
  card("1234567890123"),
  card("511122233344"),
  card("341122233344555"),
  card("60121112223334"),
  card("7012111222333444"),
])("redactString() keeps a number that no network has: %s", (number) => {
  expect(redactString(`card ${number} declined`)).toBe(`card ${number} declined`);
});

const WORDS =
  "card|cards|card number|card no|pan|visa|mastercard|master card|amex|american express|maestro|diners|discover|jcb|unionpay|union pay|cc|ccn|credit|debit|payment|payments|paid|pay|charge|charged|charging|checkout|billing|bill|purchase|refund|refunded|cvc|cvv|cvc2|expiry|expires|exp|bin|declined|issuer|cardholder|karte|kreditkarte|carte|tarjeta|cartao|cartão|carta".split(
    "|",
  );
test.for(WORDS)("redactString() removes a number without groups beside the word %s", (word) => {
  expect(redactString(`failed, ${word} ${NUMBER} seen`)).toBe(`failed, ${word} [REDACTED] seen`);
  expect(redactString(`failed with ${NUMBER} as ${word} seen`)).toBe(
    `failed with [REDACTED] as ${word} seen`,
  );
  expect(redactString(`failed, xq${word}qx ${NUMBER} seen`).includes(NUMBER)).toBe(
    !/card|payment|cvc|cvv/.test(word),
  );
});

test.for(["giftcardNumber", "card_no", "pan_no", "spannum", "lastPayment", "myexpMonth", "my_exp_month"])(
  "redactString() removes a number without groups beside the name %s",
  (name) => {
    expect(redactString(`{"x":"${NUMBER}","${name}":7}`)).toBe(`{"x":"[REDACTED]","${name}":7}`);
    expect(redactValue(`a.${name}`, `seen ${NUMBER} twice`)).toBe("seen [REDACTED] twice");
  },
);

test.for(["number", "num", "no", "nr", "acct", "no."])(
  "redactString() removes a number without groups after %s alone",
  (name) => {
    expect(redactString(`${name}: ${NUMBER} seen`)).toBe(`${name}: [REDACTED] seen`);
    expect(redactString(`seq_${name}: ${NUMBER} seen`)).toBe(`seq_${name}: ${NUMBER} seen`);
  },
);

const GROUPS: Readonly<Record<string, string>> = {
  "four groups with spaces": NUMBER.replace(/(.{4})(?=.)/g, "$1 "),
  "four groups with hyphens": NUMBER.replace(/(.{4})(?=.)/g, "$1-"),
  "four, six and five": card("37822233344455").replace(/(.{4})(.{6})(.{5})/, "$1 $2 $3"),
  "four, six and four": card("3612223334445").replace(/(.{4})(.{6})(.{4})/, "$1-$2-$3"),
  "five groups": card("622233344455566677").replace(/(.{4})(?=.)/g, "$1 "),
  "Maestro in groups": card("501122233344455").replace(/(.{4})(?=.)/g, "$1 "),
  "another of 6 in groups": card("672122233344455").replace(/(.{4})(?=.)/g, "$1 "),
};
test.for(Object.entries(GROUPS))(
  "redactString() removes a number that is printed as cards are: %s",
  ([, number]) => {
    expect(redactString(`seen ${number} twice`)).toBe("seen [REDACTED] twice");
  },
);

test.for([
  `${NUMBER.slice(0, 4)} ${NUMBER.slice(4, 8)}-${NUMBER.slice(8, 12)} ${NUMBER.slice(12)}`,
  `${NUMBER.slice(0, 2)} ${NUMBER.slice(2)}`,
  `${NUMBER.slice(0, 8)}-${NUMBER.slice(8)}`,
])("redactString() keeps a number in groups that no card has: %s", (number) => {
  expect(redactString(`seen ${number} twice`)).toBe(`seen ${number} twice`);
});

const UNITS =
  "wei gwei ether eth matic pol token tokens unit units gas block blocks bytes ms ns us lamports sat sats".split(
    " ",
  );
test.for(UNITS)("redactString() keeps an amount of %s", (unit) => {
  expect(redactString(`paid ${NUMBER} ${unit} twice`)).toBe(`paid ${NUMBER} ${unit} twice`);
});

const COUNTED =
  "amount balance value wei gas supply price fee nonce block sequence snowflake index slot epoch tokenId token_id id order serial timestamp time offset size length count total limit".split(
    " ",
  );
test.for(COUNTED)("redactString() keeps a number after the name of an amount: %s", (name) => {
  for (const text of [`{"payment":1,"${name}":"${NUMBER}"}`, `paid, ${name} = ${NUMBER} ok`])
    expect(redactString(text)).toBe(text);
  for (const key of [name, `x.${name}`]) expect(redactValue(key, NUMBER)).toBe(NUMBER);
});

test("redactValue() removes a number that is a whole value, if it has the usual prefix and length, whatever its key", () => {
  for (const number of [NUMBER, card("511122233344455"), card("221122233344455"), card("34112223334445")])
    expect(redactValue("args.0", number)).toBe("[REDACTED]");
  for (const number of [
    card("411122233344"),
    card("621122233344455"),
    card("411100000344455"),
    `x${NUMBER}`,
    `${NUMBER}.5`,
    `-${NUMBER}`,
  ])
    expect(redactValue("args.0", number)).toBe(number);
});
