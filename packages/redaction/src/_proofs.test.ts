import { generateKeyPairSync } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base58, createBase58check } from "@scure/base";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn, marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();
const SEED = Buffer.from(drawn("hex", 64), "hex");
const check = createBase58check(sha256);
const gone = (token: string, left = "[REDACTED]"): void =>
  expect(redactString(`got ${token} here`)).toBe(`got ${left} here`);
const kept = (token: string): void => expect(redactString(`got ${token} here`)).toBe(`got ${token} here`);
/** The token with one letter exchanged. */
const mistyped = (token: string): string =>
  token.slice(0, 20) + (token[20] === "a" ? "b" : "a") + token.slice(21);

test("redactString() removes keys in the format of Bitcoin wallets, proven by their checksum", () => {
  for (const version of [0x80, 0xef, 0xb0, 0x9e])
    for (const tail of [[], [1]]) {
      const token = check.encode(Uint8Array.from([version, ...SEED, ...tail]));
      gone(token);
      kept(mistyped(token));
    }
  kept(check.encode(Uint8Array.from([0, ...SEED.subarray(0, 20)])));
});

test("redactString() removes encrypted keys of Bitcoin, and no other word of that length", () => {
  gone(`6P${drawn("b58", 56)}`);
  kept(`7P${drawn("b58", 56)}`);
  kept(`6P${drawn("b58", 55)}`);
});

test("redactString() removes extended keys of every version, whole or cut", () => {
  for (const version of "xyztuvYZUV") {
    gone(`${version}prv${drawn("b58", 107)}`);
    gone(`${version}prv${drawn("b58", 20)}`);
    gone(`${version}pub${drawn("b58", 107)}`);
    expect(
      createRedactor({ packs: ["wallet"] }).redactString(`got ${version}pub${drawn("b58", 107)} x`),
    ).toContain("pub");
  }
  kept(`wprv${drawn("b58", 107)}`);
});

test("redactString() removes a Solana key whose halves belong together", () => {
  const pair = Uint8Array.from([...SEED, ...ed25519.getPublicKey(SEED)]);
  gone(base58.encode(pair));
  gone([...pair].join(", "));
  kept(base58.encode(Uint8Array.from([...SEED, ...SEED])));
});

test("redactString() removes seeds of Ripple and Stellar, proven by their checksum", () => {
  // From the documentation of the ledgers.
  const ripple = ["snoPBrXtMeMyMH", "UVTgbuqAfg1SUTb"].join("");
  gone(ripple);
  kept(mistyped(ripple));
  const stellar = ["SCZANGBA5YHTNYVVV4C3U252E2B6P6F5", "T3U6MM63WBSBZATAQI3EBTQ4"].join("");
  gone(stellar);
  kept(mistyped(stellar).toUpperCase());
  kept(`G${stellar.slice(1)}`);
});

const EC = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
const PEM = EC.privateKey.export({ type: "sec1", format: "pem" }).toString().trim();
const LABELS = ["", "EC ", "RSA ", "DSA ", "OPENSSH ", "ENCRYPTED ", "A B C "];

test.for(LABELS)("redactString() removes a private key in PEM: %s", (label) => {
  const pem = PEM.replaceAll("EC PRIVATE", `${label}PRIVATE`);
  gone(pem);
  gone(pem.replaceAll("\n", "\\n"));
  expect(redactString(`got ${pem} and ${pem} here`)).toBe("got [REDACTED] and [REDACTED] here");
  // Cut at the end: everything goes that can belong to a key.
  expect(redactString(`got ${pem.slice(0, 60)}`)).toBe("got [REDACTED]");
});

test("redactString() removes keys of PGP, and keeps what is public", () => {
  gone(`-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${drawn("an", 60)}\n-----END PGP PRIVATE KEY BLOCK-----`);
  const open = EC.publicKey.export({ type: "spki", format: "pem" }).toString().trim();
  kept(open);
});

const IPS: readonly string[] = [
  "8.8.8.8",
  "203.0.113.7",
  "172.32.0.1",
  "172.15.0.1",
  "100.63.0.1",
  "100.128.0.1",
  "11.0.0.1",
  "192.167.1.1",
  "169.253.0.1",
  "2a00:1450:4001:81b::200e",
  "2a00:1450:4001:81b:0:0:0:200e",
];
const LOCAL: readonly string[] = [
  "10.0.0.1",
  "127.0.0.1",
  "0.0.0.0",
  "169.254.1.1",
  "192.168.1.1",
  "172.16.0.1",
  "172.25.0.1",
  "172.31.0.1",
  "100.64.0.1",
  "100.79.0.1",
  "100.101.0.1",
  "100.119.0.1",
  "100.127.0.1",
  "255.255.255.255",
  "224.0.0.1",
  "::1",
  "fd00::1",
  "fc00::1",
  "fe80::1",
  "fe9f::1",
  "feb0::1",
  "8.8.8.256",
  "8.8.8.8.8",
  "v8.8.8.8",
  "8.8.8.8-x",
  "1/8.8.8.8",
  "12:34:56",
  "a::b::c",
  "12345::1",
  "1:2:3:4:5:6:7",
  "a:b:c:d:e:f:1:2:3",
];
test("redactString() removes addresses of machines with their pack, but for those that say nothing of a person", () => {
  const all = createRedactor({ packs: "all" });
  for (const ip of IPS) {
    expect(all.redactString(`from ${ip} to x`), ip).toBe("from [REDACTED] to x");
    kept(ip);
    for (const key of ["server.ip.text", "host.x", "listen", "bind.x", "local.x", "network.local.address"])
      expect(all.redactValue(key, `from ${ip}`), key).toBe(`from ${ip}`);
  }
  for (const ip of LOCAL) expect(all.redactString(`from ${ip} to x`), ip).toBe(`from ${ip} to x`);
});

const STORES: readonly string[] = [
  `{"crypto":{"cipher":"aes-128-ctr","ciphertext":"«{hex64}»","cipherparams":{"iv":"«{hex32}»"},"kdf":"scrypt","kdfparams":{"n":8,"salt":"«{hex64}»"},"mac":"«{hex64}»"}}`,
  `{"crypto":{"kdf":{"function":"pbkdf2","message":"«{hex16}»"},"checksum":{"function":"sha256"},"cipher":{"message":"«{hex64}»"}},"ciphertext":1}`,
  `{"x":{"kdf":"scrypt","encryptedKey":"«{an40}»","counter":"«{hex32}»","nonce":"«{an16}»","authTag":"«{an24}»"},"ciphertext":"«{an24}»"}`,
  `{ kdf: 'scrypt', secretCiphertext: '«{hex32}»', mnemonicCiphertext: '«{hex32}»', mnemonicCounter: '«{hex32}»' }`,
  `{"kty":"EC","crv":"P-256","x":"{an43}","d":"«{an43}»"}`,
  `{"kty":"RSA","n":"{an40}","d":"«{an40}»","p":"«{an40}»","q":"«{an40}»","dp":"«{an40}»","dq":"«{an40}»","qi":"«{an40}»"}`,
  `{"kty":"oct","k":"«{an43}»"}`,
];
test.for(STORES)(
  "redactString() removes the secret parts of a keystore and of a private JSON Web Key: %s",
  (text) => {
    const { given, left } = marked(text);
    expect(redactString(given)).toBe(left);
  },
);

test.for([
  `{"salt":"{an16}","iv":"{an16}"}`,
  `{"ciphertext":"{an20}","salt":"{an16}"}`,
  `{"crv":"P-256","d":"{an20}"}`,
  `{"kdf":"scrypt","ciphertext":"abc","mac":{"a":1},"nonce":7}`,
])("redactString() keeps what is no keystore: %s", (text) => {
  const { given } = marked(text);
  expect(redactString(given)).toBe(given);
});
