import { createHash, createHmac } from "node:crypto";

/** Whose watermark it is, and the secret that decides where it hides. */
export interface WatermarkOwner {
  readonly artistId: string;
  /** The platform's key: without it the watermark can neither be read nor aimed at. */
  readonly key: string;
}

/** What {@linkcode detectWatermark} found. */
export interface WatermarkReading {
  /** The share of the 128 bits that were read as they should be: about 0.5 where there is no watermark. */
  readonly confidence: number;
  /** Whether the confidence reaches {@linkcode CONFIDENCE_THRESHOLD}. */
  readonly valid: boolean;
  /** A watermark is there, but some of its bits were damaged. */
  readonly tampered: boolean;
}

/** Below it a reading is not valid. By chance 109 of 128 right bits happen once in 10^16 readings. */
export const CONFIDENCE_THRESHOLD = 0.85;
const BITS = 128;
/** Amplitude of the watermark against that of the audio: 32 dB below it. */
const STRENGTH = 0.025;

/**
 * Hides 128 bits that name the artist in the audio: direct-sequence spread spectrum. Each sample gets a very quiet
 * pseudo-random sign (known to who has the key), and all samples of one bit are turned when the bit is 0.
 */
export function embedWatermark(samples: Float32Array, owner: WatermarkOwner): Float32Array {
  const chips = chipsOf(owner, samples.length);
  const amplitude = STRENGTH * rootMeanSquare(samples);
  return samples.map((sample, index) => sample + amplitude * chip(chips, index));
}

/**
 * Reads the bits back by correlating the audio with the pseudo-random signs. Both pass the same high-pass filter
 * first (the difference of neighbours), as music is mostly low, and the watermark is not.
 */
export function detectWatermark(samples: Float32Array, owner: WatermarkOwner): WatermarkReading {
  const chips = chipsOf(owner, samples.length);
  const correlations = new Float64Array(BITS);
  for (let index = 1; index < samples.length; index++) {
    const audio = (samples[index] ?? 0) - (samples[index - 1] ?? 0);
    const sign = chip(chips, index) - chip(chips, index - 1);
    const bit = bitAt(index, samples.length);
    correlations[bit] = (correlations[bit] ?? 0) + audio * sign;
  }
  const right = correlations.filter((correlation) => correlation > 0).length;
  const confidence = right / BITS;
  const valid = confidence >= CONFIDENCE_THRESHOLD;
  return { confidence, valid, tampered: valid && confidence < 1 };
}

/** The signs of all samples, one bit each, already turned by the artist's bits: a right bit correlates positively. */
function chipsOf({ artistId, key }: WatermarkOwner, length: number): Uint8Array {
  const seed = createHmac("sha256", key).update("dcmx watermark 1").digest();
  const chips = createHash("shake256", { outputLength: Math.ceil(length / 8) })
    .update(seed)
    .digest();
  const payload = createHash("sha256").update(artistId).digest();
  for (let index = 0; index < length; index++) {
    const bit = bitAt(index, length);
    const turned = ((payload[bit >> 3] ?? 0) >> (bit & 7)) & 1;
    chips[index >> 3] = (chips[index >> 3] ?? 0) ^ (turned << (index & 7));
  }
  return chips;
}

function chip(chips: Uint8Array, index: number): 1 | -1 {
  return ((chips[index >> 3] ?? 0) >> (index & 7)) & 1 ? 1 : -1;
}

/** The bit that a sample carries: the audio is cut into as many equal parts as there are bits. */
function bitAt(index: number, length: number): number {
  return Math.floor((index * BITS) / length);
}

function rootMeanSquare(samples: Float32Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return Math.sqrt(sum / Math.max(1, samples.length));
}
