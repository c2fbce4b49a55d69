import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn, marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

/** Labels in running text that are followed by a short value. */
const SHORT =
  "private key|private keys|private_key|private-key|privatekey|priv key|priv_key|privkey|secret key|secret-keys|signing key|signer key|signer_key|password|passwd|pwd|api key|api_key|apikey|api-key|requirepass|masterauth".split(
    "|",
  );
/** Labels that need a longer value, since a word often follows them. */
const LONG =
  "access token|auth token|session token|session_token|refresh token|bearer token|client secret|client_secret|secret|bearer|basic|pin|otp|token|code".split(
    "|",
  );
const LINKS = [" ", " is ", " was ", " of ", " as ", " => ", " -> ", " → ", "   ", "' is "];

test.for(SHORT)("redactString() removes a value that looks drawn after the words %s", (label) => {
  for (const link of LINKS) {
    const { given, left } = marked(`login with ${label}${link}«Winter7» failed`);
    expect(redactString(given)).toBe(left);
  }
  for (const word of ["Winter", "winter"]) {
    const text = `login with ${label} ${word} failed`;
    expect(redactString(text)).toBe(text);
  }
  const joined = `login with x${label}x Winter7 failed`;
  expect(redactString(joined)).toBe(joined);
});

test.for(LONG)("redactString() removes a long value that looks drawn after the words %s", (label) => {
  const { given, left } = marked(`login with ${label} «a1{an14}» failed`);
  expect(redactString(given)).toBe(left);
  const text = `login with ${label} Winter7 failed`;
  expect(redactString(text)).toBe(text);
});

const ONE_TIME =
  "your code|verification code|security code|login code|sign-in code|one-time code|one-time password|sms code|2fa code|mfa code|authentication code|confirmation code|access code|your pin|your passcode|your otp|your login code|verification passcode".split(
    "|",
  );
test.for(ONE_TIME)("redactString() removes the digits after %s", (words) => {
  for (const link of [" ", " is ", " was ", ": "]) {
    for (const digits of ["4829", "48293716"]) {
      expect(redactString(`Dear Jo, ${words}${link}${digits} until noon`)).toBe(
        `Dear Jo, ${words}${link}[REDACTED] until noon`,
      );
    }
  }
  for (const text of [`Dear Jo, ${words} 482 until noon`, `Dear Jo, ${words} 482937165 until noon`])
    expect(redactString(text)).toBe(text);
});

test.for(["the code 4829 is wrong", "error code 4829 at once", "postal code 48293"])(
  "redactString() keeps digits after a code that is none of a person: %s",
  (text) => {
    expect(redactString(text)).toBe(text);
  },
);

const WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow".split(" ");
const SEEDS =
  "seed|seed phrase|seed_phrase|recovery phrase|recovery-phrase|backup phrase|mnemonic|mnemonic phrase".split(
    "|",
  );

test.for(SEEDS)(
  "redactString() removes the words after %s, though they are too few for a phrase elsewhere",
  (label) => {
    for (const size of [6, 7])
      expect(redactString(`with ${label} ${WORDS.slice(0, size).join(" ")}; then 1`)).toBe(
        `with ${label} [mnemonic ${size}w]; then 1`,
      );
    const few = `with ${label} ${WORDS.slice(0, 5).join(" ")}; then 1`;
    expect(redactString(few)).toBe(few);
    const text = `with ${label} 0x${drawn("hex", 32)} here`;
    expect(redactString(text)).toBe(`with ${label} [REDACTED] here`);
  },
);

test("redactString() takes words with a comma here and there for a sentence, and with one throughout for a phrase", () => {
  const sentence = "the seed legal winner, thank year wave sausage worth, useful; then 1";
  expect(redactString(sentence)).toBe(sentence);
  expect(redactString(`the seed ${WORDS.slice(0, 7).join(", ")}; then 1`)).toBe(
    "the seed [mnemonic 7w]; then 1",
  );
});

const DRAWN: Readonly<Record<string, string>> = {
  "a word with a digit": "password «winter7»",
  "a word with a sign": "password «winter!x» now",
  "a word with capitals within": "password «winTerSun» now",
  "words in quotation marks with a number": "password '«Winter 7 sun»' now",
  "a word in quotation marks": "password '«winter»' now",
  "a value in quotation marks of another language": "password „«Winter7»“ now",
};
test.for(Object.entries(DRAWN))("redactString() removes what looks drawn after a label: %s", ([, text]) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

const KEPT: readonly string[] = [
  "password 'must be long enough' now",
  "password Winter now",
  "password 12345 now",
  "password camelCase now",
  "passwords Winter7sun",
  "private key https://docs.example/key7",
  "private key file:///x/key7",
  "private key node:crypto7",
  "private key ./keys/minter7.json",
  "private key ../minter7.pem",
  "private key /srv/keys7/minter",
  "private key minter7.ts:31",
  "private key minter7.sol)",
  "private key load7(argument)",
  "private key [how](#minter7)",
  "private key 0x52908400098527886E0F7030069857D2E4169EE7",
  "private key [1, 2]",
  "private key $MINTER_KEY7",
  "secret Winter7sun now",
];
test.for(KEPT)("redactString() keeps what does not look drawn after a label: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test("redactString() removes a passphrase of one word or of several list words", () => {
  expect(redactString("opened with passphrase Winter7 (3)")).toBe("opened with passphrase [REDACTED] (3)");
  expect(redactString("passphrase: legal winner thank (3)")).toBe("passphrase: [REDACTED] (3)");
});

test("redactString() reads a phrase before the labels that its words may be", () => {
  const phrase = "seed secret code legal winner thank year wave sausage worth useful legal";
  expect(redactString(`got ${phrase} (3)`)).toBe("got [mnemonic 12w] (3)");
});

const FOREIGN =
  "Passwort|Kennwort|contraseña|contrasena|mot de passe|senha|parola d'ordine|nuova password|hasło|haslo|wachtwoord|пароль|密码|密碼|口令|パスワード|비밀번호|clave API|clave de API|clé API|cle d'API|chave de API|chiave API|API-Schlüssel|API schlüssel|APIキー|API ключ|ключ API|Zugangstoken|jeton d'accès".split(
    "|",
  );
test.for(FOREIGN)(
  "redactString() removes a value after the words and the colon of another language: %s",
  (label) => {
    for (const separator of [": ", "：", " = ", " für den Nutzer: "]) {
      const { given, left } = marked(`Fehler (${label}${separator}«Winter7sun») bei x`);
      expect(redactString(given)).toBe(left);
    }
    for (const text of [
      `Fehler (${label}: 0x52908400098527886E0F7030069857D2E4169EE7) 7`,
      `Fehler, ${label} 7 ist falsch`,
    ])
      expect(redactString(text)).toBe(text);
  },
);
