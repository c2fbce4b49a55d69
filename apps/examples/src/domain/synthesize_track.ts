import { createHash } from "node:crypto";

/** Samples a second of the tracks that the examples use. */
export const SAMPLE_RATE = 22_050;

/** A piece of music of a few seconds that is the same for the same title: three voices, a beat and some noise. */
export function synthesizeTrack(title: string, seconds = 2): Float32Array {
  const samples = new Float32Array(SAMPLE_RATE * seconds);
  const noise = createHash("shake256", { outputLength: samples.length }).update(title).digest();
  const tune = createHash("sha256").update(title).digest();
  for (let index = 0; index < samples.length; index++) {
    const time = index / SAMPLE_RATE;
    const note = tune[Math.floor(time * 4) % tune.length] ?? 0;
    const pitch = 110 * 2 ** ((note % 24) / 12);
    const voices =
      Math.sin(2 * Math.PI * pitch * time) +
      Math.sin(3 * Math.PI * pitch * time) +
      Math.sin(4 * Math.PI * pitch * time);
    const beat = Math.exp(-12 * (time % 0.5)) * Math.sin(2 * Math.PI * 55 * time);
    samples[index] = 0.18 * voices + 0.3 * beat + 0.01 * ((noise[index] ?? 0) / 128 - 1);
  }
  return samples;
}
