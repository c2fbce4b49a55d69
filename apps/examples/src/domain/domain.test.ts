import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyIdentity } from "./identity.ts";
import { createProofKey, type OwnershipClaim, proveOwnership, verifyOwnership } from "./ownership_proof.ts";
import { BPS, royaltyOf, splitRoyalty } from "./royalty.ts";
import { synthesizeTrack } from "./synthesize_track.ts";
import { CONFIDENCE_THRESHOLD, detectWatermark, embedWatermark } from "./watermark.ts";

const owner = { artistId: "artist_123", key: "platform key" };
const track = synthesizeTrack("Blue Hour");
const marked = embedWatermark(track, owner);

test("synthesizeTrack() gives the same music for the same title, without clipping", () => {
  expect(synthesizeTrack("Blue Hour")).toEqual(track);
  expect(synthesizeTrack("Red Hour")).not.toEqual(track);
  expect(Math.max(...track.map(Math.abs))).toBeLessThan(1);
});

test("embedWatermark() stays 30 dB below the music", () => {
  const power = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample * sample, 0);
  const difference = marked.map((sample, index) => sample - (track[index] ?? 0));
  expect(10 * Math.log10(power(track) / power(difference))).toBeGreaterThan(30);
});

test("detectWatermark() reads all bits of an untouched track", () => {
  expect(detectWatermark(marked, owner)).toEqual({ confidence: 1, valid: true, tampered: false });
});

test.each<[string, Float32Array, typeof owner]>([
  ["music without a watermark", track, owner],
  ["the watermark of another artist", marked, { ...owner, artistId: "artist_456" }],
  ["the wrong key", marked, { ...owner, key: "guessed" }],
  ["silence", new Float32Array(44_100), owner],
  ["nothing", new Float32Array(0), owner],
])("detectWatermark() finds no watermark in %s", (_what, samples, whose) => {
  const reading = detectWatermark(samples, whose);
  expect(reading.valid).toBe(false);
  expect(reading.confidence).toBeLessThan(0.7);
});

test("detectWatermark() survives louder audio, and tells damage", () => {
  expect(
    detectWatermark(
      marked.map((sample) => sample * 0.5),
      owner,
    ).confidence,
  ).toBe(1);
  const cut = Float32Array.from(marked);
  cut.copyWithin(0, 20_000, 26_000);
  const reading = detectWatermark(cut, owner);
  expect(reading).toMatchObject({ valid: true, tampered: true });
  expect(reading.confidence).toBeGreaterThan(CONFIDENCE_THRESHOLD);
  const lost = Float32Array.from(marked);
  lost.copyWithin(0, 20_000, 44_000);
  expect(detectWatermark(lost, owner).valid).toBe(false);
});

const key = createProofKey();
const claim: OwnershipClaim = { publicKey: key.publicKey, trackHash: "0xabc1", wallet: "0x1" };
const proof = proveOwnership(claim, key.secret);

test("verifyOwnership() accepts an honest proof, also a second one", () => {
  expect(verifyOwnership(claim, proof)).toBe(true);
  const second = proveOwnership(claim, key.secret);
  expect(second.tag).toBe(proof.tag);
  expect(second.challenge).not.toBe(proof.challenge);
  expect(verifyOwnership(claim, second)).toBe(true);
});

test("proveOwnership() gives nothing of the secret away", () => {
  expect(JSON.stringify(proof)).not.toContain(key.secret);
});

test("verifyOwnership() refuses a proof of another track, wallet or artist, and a stolen tag", () => {
  const other = createProofKey();
  expect(verifyOwnership({ ...claim, trackHash: "0xabc2" }, proof)).toBe(false);
  expect(verifyOwnership({ ...claim, wallet: "0x2" }, proof)).toBe(false);
  expect(verifyOwnership({ ...claim, publicKey: other.publicKey }, proof)).toBe(false);
  const forged = proveOwnership({ ...claim, publicKey: other.publicKey }, other.secret);
  expect(verifyOwnership(claim, { ...forged, tag: proof.tag })).toBe(false);
  expect(verifyOwnership(claim, proveOwnership(claim, other.secret))).toBe(false);
});

test("verifyOwnership() refuses the neutral element, which every secret would fit", () => {
  const zero = "00".repeat(32);
  expect(verifyOwnership({ ...claim, publicKey: zero }, { ...proof, tag: zero })).toBe(false);
});

test("verifyOwnership() refuses anything else without throwing", () => {
  fc.assert(
    fc.property(fc.record({ tag: fc.string(), challenge: fc.string(), response: fc.string() }), (rubbish) => {
      expect(verifyOwnership(claim, rubbish)).toBe(false);
    }),
  );
  const flips = fc.tuple(
    fc.constantFrom("tag", "challenge", "response"),
    fc.nat(63),
    fc.constantFrom(..."0123456789abcdef"),
  );
  fc.assert(
    fc.property(flips, ([field, place, digit]) => {
      const value = Object.entries(proof).find(([name]) => name === field)?.[1] ?? "";
      fc.pre(value[place] !== digit);
      const changed = { ...proof, [field]: value.slice(0, place) + digit + value.slice(place + 1) };
      expect(verifyOwnership(claim, changed)).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("royaltyOf() rounds down in wei", () => {
  expect(royaltyOf(10n ** 18n, 500n)).toBe(5n * 10n ** 16n);
  expect(royaltyOf(199n, 50n)).toBe(0n);
  expect(royaltyOf(2n ** 200n + 1n, 10_000n)).toBe(2n ** 200n + 1n);
});

test("splitRoyalty() pays every wei, nobody less than a wei below the share", () => {
  const cuts = fc.array(fc.bigInt({ min: 0n, max: BPS }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 255n }), cuts, (amount, places) => {
      const edges = [0n, ...places.sort((a, b) => (a < b ? -1 : 1)), BPS];
      const shares = edges
        .slice(1)
        .map((edge, index) => ({ payee: `p${index}`, bps: edge - (edges[index] ?? 0n) }));
      const payments = splitRoyalty(amount, shares);
      expect(payments.reduce((sum, payment) => sum + payment.amount, 0n)).toBe(amount);
      for (const [index, payment] of payments.entries()) {
        expect(payment.amount).toBeGreaterThanOrEqual(royaltyOf(amount, shares[index]?.bps ?? 0n));
      }
    }),
  );
});

test("splitRoyalty() refuses shares that are not the whole", () => {
  expect(() => splitRoyalty(1n, [])).toThrow("they are 0");
  expect(() => splitRoyalty(1n, [{ payee: "a", bps: 9_999n }])).toThrow("they are 9999");
  expect(() =>
    splitRoyalty(1n, [
      { payee: "a", bps: 10_001n },
      { payee: "b", bps: -1n },
    ]),
  ).toThrow(RangeError);
});

const identity = { legalName: "Ada Example", birthDate: "1990-04-01", passportNumber: "L898902C36" };
const today = new Date("2026-01-01T00:00:00Z");

test.each([
  [{}, { verified: true, kycLevel: 2 }],
  [{ legalName: " " }, { verified: false, kycLevel: 0, reason: "name missing" }],
  [{ birthDate: "yesterday" }, { verified: false, kycLevel: 0, reason: "not a date" }],
  [{ birthDate: "2008-01-02" }, { verified: false, kycLevel: 0, reason: "under age" }],
  [{ birthDate: "2008-01-01" }, { verified: true, kycLevel: 2 }],
  [{ passportNumber: "L898902C35" }, { verified: false, kycLevel: 1, reason: "document number" }],
  [{ passportNumber: "l898902c36" }, { verified: false, kycLevel: 1, reason: "document number" }],
  [{ passportNumber: "D23145890<7" }, { verified: false, kycLevel: 1, reason: "document number" }],
])("verifyIdentity() of %j", (change, expected) => {
  expect(verifyIdentity({ ...identity, ...change }, today)).toEqual(expected);
});
