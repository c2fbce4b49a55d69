#!/usr/bin/env node
// Plans the tracing stack from a load: node infra/capacity.mjs [--requests 1000000] [--spans 12] ...
// The defaults of the measured figures are those of infra/CAPACITY.md; give your own after measuring.

/** Every input: default, and what it means. */
const INPUTS = {
  requests: [1_000_000, "requests a second at peak, all services together"],
  spans: [12, "spans of one request"],
  sample: [0.1, "share of the traces that the applications send (sampleRate)"],
  keep: [0.1, "share of the sent traces that tail sampling keeps"],
  days: [7, "days that traces are kept"],
  average: [0.4, "average load divided by peak load, for storage"],
  busy: [0.5, "share of a core that may be used at peak; the rest is for failures and growth"],
  cores: [4, "cores of one collector"],
  wait: [30, "seconds that tail sampling waits for a trace (decision_wait)"],
  replicas: [3, "copies that Kafka keeps"],
  partition: [5, "MB a second that one Kafka partition should carry"],
  retention: [6, "hours that Kafka keeps"],
  // Measured: pnpm --filter @dcmx-tracing/e2e capacity
  wireBytes: [224, "bytes of a span, uncompressed"],
  gzipBytes: [33, "bytes of a span on the wire with gzip"],
  gatewayMicros: [6, "processor microseconds of a span to receive and pass on"],
  samplerMicros: [8, "processor microseconds of a span to receive and decide"],
  samplerBytes: [1050, "memory of a span that waits for its decision"],
  storedBytes: [420, "bytes of a stored span on disk (Badger; measure your ClickHouse)"],
  ingestMicros: [
    20,
    "processor microseconds of a span to write to the storage (assumed; measure your ClickHouse)",
  ],
};

/** Computes the plan; every line is `[name, arithmetic, value, unit]`. */
function plan(given = {}) {
  const i = Object.fromEntries(Object.entries(INPUTS).map(([name, [value]]) => [name, given[name] ?? value]));
  const created = i.requests * i.spans;
  const sent = created * i.sample;
  const kept = sent * i.keep;
  const collectors = (micros, rate) => Math.max(2, Math.ceil((rate * micros) / 1e6 / i.busy / i.cores));
  const samplers = Math.max(
    collectors(i.samplerMicros, sent),
    Math.ceil((sent * i.wait * i.samplerBytes) / (i.cores * 4e9)),
  );
  const kafkaRate = (kept * i.wireBytes) / 1e6;
  const partitions = Math.max(3, Math.ceil(kafkaRate / i.partition));
  const perDay = (kept * i.average * 86_400 * i.storedBytes) / 1e9;
  return [
    ["spans created", `${i.requests} * ${i.spans}`, created, "spans/s"],
    ["spans sent", `${created} * ${i.sample}`, sent, "spans/s"],
    ["network to the gateway", `${sent} * ${i.gzipBytes} B * 8`, (sent * i.gzipBytes * 8) / 1e9, "Gbit/s"],
    [
      "gateways",
      `${sent} * ${i.gatewayMicros} us / ${i.busy} / ${i.cores} cores`,
      collectors(i.gatewayMicros, sent),
      "collectors",
    ],
    [
      "waiting spans",
      `${sent} * ${i.wait} s * ${i.samplerBytes} B`,
      (sent * i.wait * i.samplerBytes) / 1e9,
      "GB of memory",
    ],
    [
      "samplers",
      `max(${sent} * ${i.samplerMicros} us / ${i.busy} / ${i.cores} cores, memory / ${i.cores * 4} GB)`,
      samplers,
      "collectors",
    ],
    ["spans kept", `${sent} * ${i.keep}`, kept, "spans/s"],
    ["Kafka", `${kept} * ${i.wireBytes} B`, kafkaRate, "MB/s"],
    ["partitions", `${kafkaRate} MB/s / ${i.partition} MB/s`, partitions, "partitions"],
    [
      "Kafka disk",
      `${kafkaRate} MB/s * ${i.retention} h * ${i.replicas}`,
      (kafkaRate * i.retention * 3600 * i.replicas) / 1e6,
      "TB",
    ],
    [
      "ingesters",
      `${kept} * ${i.ingestMicros} us / ${i.busy} / ${i.cores} cores, at most one a partition`,
      Math.min(partitions, collectors(i.ingestMicros, kept)),
      "collectors",
    ],
    ["storage a day", `${kept} * ${i.average} * 86400 s * ${i.storedBytes} B`, perDay, "GB/day"],
    ["storage", `${perDay} GB * ${i.days} days`, (perDay * i.days) / 1e3, "TB"],
  ];
}

/** Reads `--name value` pairs; throws on an unknown name or a value that is no positive number. */
function readInputs(args) {
  const given = {};
  for (let at = 0; at < args.length; at += 2) {
    const name = args[at].replace(/^--/, "");
    const value = Number(args[at + 1]);
    if (!Object.hasOwn(INPUTS, name))
      throw new RangeError(`Unknown input '${args[at]}'. Inputs: ${Object.keys(INPUTS).join(", ")}`);
    if (!(value > 0))
      throw new RangeError(
        `Cannot use '${args[at]}' as it must be a number above 0: current value is ${args[at + 1]}`,
      );
    given[name] = value;
  }
  return given;
}

function main(args) {
  if (args.includes("--help")) {
    for (const [name, [value, meaning]] of Object.entries(INPUTS))
      process.stdout.write(`--${name} ${value}  ${meaning}\n`);
    return;
  }
  for (const [name, arithmetic, value, unit] of plan(readInputs(args))) {
    const shown = value.toLocaleString("en-US", { maximumFractionDigits: 1 });
    process.stdout.write(`${`${name}:`.padEnd(24)}${`${shown} ${unit}`.padEnd(28)}= ${tidy(arithmetic)}\n`);
  }
}

/** Intermediate results are rounded where they are shown, not where they are used. */
function tidy(arithmetic) {
  return arithmetic.replace(/\d+(\.\d+)?/g, (digits) =>
    Number(digits).toLocaleString("en-US", { maximumFractionDigits: 2, useGrouping: false }),
  );
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
