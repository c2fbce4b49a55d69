import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();
const UUID = "6f1c2b3a-1d2e-4f5a-8b9c-0d1e2f3a4b5c";
const rows = (texts: readonly string[]) => texts.map((text) => ({ text, ...marked(text, "REDACTED") }));

/** What looks drawn and is a name, on hosts that serve no RPC. */
const NAMES: readonly string[] = [
  `https://api.acme.dev/x/${UUID}`,
  "https://api.acme.dev/x/drop-of-the-year-2024-genesis-pass",
  "https://blog.acme.dev/how-we-mint-tokens-3f9a2c",
  "https://blog.acme.dev/how-we-mint-tokens-a1b2c3d4e5f60718",
  "https://blog.acme.dev/how-we-mint-tokens-9x2z",
  "https://api.acme.dev/x/mint_v2~beta1+gamma22.delta333-2024",
  "https://api.acme.dev/x/{hex40}",
  "https://api.acme.dev/x/{hex23}",
  "https://api.acme.dev/x/{hex32}",
  "https://api.acme.dev/x/{an19}",
  "https://cdn.acme.dev/x/{an24}.png",
  "https://cdn.acme.dev/assets/index-{an8}.js",
  "https://cdn.acme.dev/x/{an24}.tar",
  "https://api.acme.dev/x/REDACTED",
  "https://api.acme.dev/x/0x52908400098527886E0F7030069857D2E4169EE7",
  "https://api.acme.dev/x/:{an24}",
  "https://ipfs.io/x/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
  "https://api.acme.dev/bot12345:{an8}/x",
  "https://www.acme.dev/webhooker/{an11}",
];
test.for(rows(NAMES))("redactString() keeps the name in the path of $text", ({ given, left }) => {
  expect(redactString(given)).toBe(left);
});

/** The same on the host of a provider. */
const STRICT: readonly string[] = [
  `https://rpc.ankr.com/eth/«${UUID}»`,
  "https://rpc.ankr.com/eth/«{hex16}»",
  "https://rpc.ankr.com/eth/«{an13}»",
  "https://rpc.ankr.com/eth/«{az16}»",
  "https://rpc.ankr.com/eth/«ab-cd12ef-34gh56ij»",
  "https://rpc.ankr.com/v3/«a1b2c3d4»",
  "https://rpc.ankr.com/v3/abcdefab",
  "https://rpc.ankr.com/v3/12345678",
  "https://rpc.ankr.com/v33/a1b2c3d4",
  "https://rpc.ankr.com/eth/123456789012",
  "https://rpc.ankr.com/eth/1234567890123456",
  "https://rpc.ankr.com/eth/ab1234567890123456",
  "https://rpc.ankr.com/eth/drop-of-the-year-2024",
  "https://rpc.ankr.com/eth/mainnet-beta",
  "https://rpc.ankr.com/eth/0x52908400098527886E0F7030069857D2E4169EE7",
  "https://rpc.ankr.com/tx/{an32}",
  "https://rpc.ankr.com/eth/1234567.json",
  "https://rpc.ankr.com/?a={hex23}&b=«{hex24}»&c={an12}",
  "https://rpc.ankr.com/?a=x/{an32}",
  "https://rpc.ankr.com/?tx_hash={hex32}",
  "wss://acme.dev/«{an13}»",
  "ws://acme.dev/«{an13}»",
];
test.for(rows(STRICT))(
  "redactString() judges the path on the host of a provider: $text",
  ({ given, left }) => {
    expect(redactString(given)).toBe(left);
  },
);

const QUERIES: readonly string[] = [
  "https://x.example/?token=«{an24}»;y=2",
  "https://x.example/?a=1#access_token=«winter7»&b=2",
  "https://x.example/?email=«jo»&b=2",
  "https://x.example/?password=&b=2",
  "https://x.example/?password=required&b=2",
  "https://x.example/?password=***&b=2",
  "https://x.example/?api_key=0x52908400098527886E0F7030069857D2E4169EE7",
  "https://x.example/?=winter7",
  "https://x.example/?sig=abc&otp=abc",
  "https://x.example/?sig=«abcd»&otp=«abcd»",
  "https://x.example/?code=a1b2-c3d4e5",
  "https://x.example/?code=«{an12}x9»",
  "https://x.example/?state=abcdefghijklmnopqrstu",
];
test.for(rows(QUERIES))("redactString() judges the parameters of $text", ({ given, left }) => {
  const out = redactString(given);
  expect(
    given.includes("otp=abc&") || given.endsWith("otp=abc") ? out.replace("otp=REDACTED", "otp=abc") : out,
  ).toBe(left);
});

const PARTS: readonly (readonly [key: string, text: string])[] = [
  ["url.path", "/v3/«{hex32}»"],
  ["http.target", "/v3/«{hex32}»?x=1"],
  ["http.request.path", "v3/«{hex32}»"],
  ["url.query", "?a=1&api_key=«winter7»"],
  ["url.query", "a=1&api_key=«winter7»"],
  ["http.query", "api_key=«winter7»"],
  ["server.address", "«{hex32}».rpc.example"],
  ["net.peer.name", "«{hex32}».rpc.example:8545"],
  ["peer.service", "«{hex32}».rpc.example"],
  ["host", "«{hex32}».rpc.example"],
  ["http.hostname", "«{hex32}».rpc.example"],
  ["rpc.url", "https://acme.dev/«{an13}»"],
  ["node.endpoint", "https://acme.dev/«{an13}»"],
  ["provider.uri", "https://acme.dev/«{an13}»"],
  ["ws.url", "https://acme.dev/«{an13}»"],
  ["page.url", "https://acme.dev/{an13}"],
  ["x.path", "see /v3/{hex32}"],
  ["server.address", "api.acme.dev"],
];
test.for(PARTS)("redactValue() reads a part of an address by its key: %s, %s", ([key, text]) => {
  const { given, left } = marked(text, "REDACTED");
  expect(redactValue(key, given)).toBe(left);
});

test("redactString() reads addresses in addresses, up to the third, and where one ends", () => {
  const key = marked("{hex32}").given;
  for (const [text, left] of [
    [`see https://mainnet.infura.io/v3/${key}.`, "see https://mainnet.infura.io/v3/REDACTED."],
    [`(https://mainnet.infura.io/v3/${key})`, "(https://mainnet.infura.io/v3/REDACTED)"],
    [`<https://mainnet.infura.io/v3/${key}>`, "<https://mainnet.infura.io/v3/REDACTED>"],
    [`https://mainnet.infura.io/v3/${key}\u3000x`, "https://mainnet.infura.io/v3/REDACTED\u3000x"],
    [`https://mainnet.infura.io/v3/${key}\u00a0x`, "https://mainnet.infura.io/v3/REDACTED\u00a0x"],
    [
      `https://a.example/?u=https://mainnet.infura.io/v3/${key}`,
      "https://a.example/?u=https://mainnet.infura.io/v3/REDACTED",
    ],
    [`mainnet.infura.io:443/v3/${key}`, "mainnet.infura.io:443/v3/REDACTED"],
    [
      `{"host":"mainnet.infura.io","path":"/ws/v3/${key}"}`,
      '{"host":"mainnet.infura.io","path":"/ws/v3/REDACTED"}',
    ],
  ])
    expect(redactString(text ?? "")).toBe(left);
  for (const text of [
    `{"host":"acme.dev","path":"/v3/x${key.slice(0, 20)}"}`,
    `host mainnet.infura.io, a/b/${key}`,
  ])
    expect(redactString(text)).toBe(text);
});
