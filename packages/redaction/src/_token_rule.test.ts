import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString } = createRedactor();

/** Issuer, prefixes, the alphabet and the usual length of what follows. */
type Row = readonly [issuer: string, prefixes: string, alphabet: string, size: number, tail?: string];

const CLOUD: readonly Row[] = [
  ["AWS", "AKIA ASIA ABIA ACCA", "up", 16],
  ["Google API key", "AIza", "w", 35],
  ["Google access token", "ya29.", "w", 160],
  ["Google refresh token", "1//0", "w", 100],
  ["Google client secret", "GOCSPX-", "w", 28],
  ["Alibaba Cloud", "LTAI", "an", 20],
  ["DigitalOcean", "dop_v1_ doo_v1_ dor_v1_", "hex", 64],
  ["Databricks", "dapi", "hex", 32],
  ["HashiCorp Vault", "hvs. hvb. hvr.", "w", 95],
  ["Terraform Cloud", "x.atlasv1.", "w", 67],
  ["Tailscale", "tskey-", "w", 34],
  ["Fly", "fm1_ fm2_", "w", 400],
  ["Docker Hub", "dckr_pat_ dckr_oat_", "w", 27],
  ["Supabase", "sbp_", "hex", 40],
  ["Supabase secret key", "sb_secret_", "w", 31],
  ["age", "AGE-SECRET-KEY-1 AGE-SECRET-KEY-PQ-1", "up", 58],
  ["New Relic", "NRAK-", "up", 27],
  ["Grafana", "glc_ glsa_", "w", 41],
  ["Doppler", "dp.st. dp.pt. dp.ct. dp.sa. dp.scim. dp.audit.", "w", 43],
  ["Render", "rnd_", "an", 32],
  ["PlanetScale", "pscale_tkn_ pscale_oauth_ pscale_pw_", "w", 43],
  ["Cloudflare", "v1.0- cfut_ cfat_", "w", 40],
  ["Artifactory", "AKCp", "an", 69],
  ["1Password", "ops_eyJ", "w", 400],
  ["AWS session token", "FwoG IQoJ", "an", 300],
];

const HOSTS: readonly Row[] = [
  ["GitHub", "ghp_ gho_ ghu_ ghs_ ghr_", "an", 36],
  ["GitHub fine-grained", "github_pat_", "an", 82],
  ["GitLab", "glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glagent- glimt- gloas- glffct-", "w", 20],
  ["npm", "npm_", "an", 36],
  ["PyPI", "pypi-", "w", 160],
  ["RubyGems", "rubygems_", "hex", 48],
  ["Atlassian", "ATATT ATATT3 ATCTT ATCTT3 ATBB", "an", 60],
];

const SERVICES: readonly Row[] = [
  ["Stripe", "sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_", "an", 24],
  ["Stripe webhook", "whsec_", "an", 32],
  ["Square", "sq0atp- sq0csp-", "w", 22],
  ["Shopify", "shpat_ shpca_ shppa_ shpss_", "hex", 32],
  ["Slack", "xoxb- xoxa- xoxe- xoxo- xoxp- xoxr- xoxs-", "an", 50],
  ["Slack, rotated", "xoxe.xoxp- xoxe.xoxb-", "an", 160],
  ["Slack app", "xapp-1-", "an", 80],
  ["SendGrid", "SG.", "w", 22, `.${drawn("w", 43)}`],
  ["Mailgun", "key-", "hex", 32, ""],
  ["Mailgun private", "mailgun-", "w", 32],
  ["Twilio", "SK", "hex", 32, ""],
  ["Discord", "M N O", "an", 25, `.${drawn("w", 6)}.${drawn("w", 27)}`],
  ["Telegram", "123456789:AA 12345678:AA", "w", 33],
  ["Linear", "lin_api_ lin_oauth_", "an", 40],
  ["Notion", "secret_ ntn_", "an", 43],
  ["Postman", "PMAK-", "hex", 24, `-${drawn("hex", 34)}`],
  ["Sentry", "sntrys_ sntryu_", "w", 64],
  ["Facebook", "EAA", "an", 180],
  ["Resend", "re_a1b2c3_", "an", 24],
  ["Pinecone", "pcsk_", "an", 60],
  ["Covalent", "cqt_", "an", 26],
  ["Pimlico", "pim_", "an", 22],
  ["CoinGecko", "CG-", "an", 24],
  ["Ory", "ory_at_ ory_rt_ ory_ac_", "w", 43],
  ["Brevo", "xkeysib-", "hex", 64, `-${drawn("an", 16)}`],
];

const MODELS: readonly Row[] = [
  ["OpenAI", "sk-proj- sk-svcacct- sk-admin- sk-None-", "w", 150],
  ["OpenAI of old", "sk-", "an", 48],
  ["Anthropic", "sk-ant-", "w", 93],
  ["OpenRouter", "sk-or- sk-lf-", "w", 66],
  ["Hugging Face", "hf_", "an", 34],
  ["Groq", "gsk_", "an", 52],
  ["xAI", "xai-", "an", 80],
  ["Perplexity", "pplx-", "an", 48],
  ["NVIDIA", "nvapi-", "w", 64],
  ["Cerebras", "csk-", "lo", 48],
];

const CHAINS: readonly Row[] = [
  ["Alchemy", "alcht_", "an", 30],
  ["Nostr", "nsec1", "b32", 58],
  ["Nostr, encrypted", "ncryptsec1", "b32", 162],
  ["Sui", "suiprivkey1", "b32", 60],
  ["Aptos", "ed25519-priv-0x", "hex", 64],
  ["NEAR", "ed25519:", "b58", 88],
  ["Tezos", "edsk spsk p2sk edesk", "b58", 50],
  ["Cardano", "addr_xsk1 root_xsk1 acct_xsk1 stake_xsk1 xprv1 addr_sk1", "b32", 165],
  ["Zcash viewing key", "zxviews1 zxview1", "b32", 280],
  ["Zcash spending key", "secret-extended-key-main1 secret-key-test1", "b32", 290],
];

const rows = [...CLOUD, ...HOSTS, ...SERVICES, ...MODELS, ...CHAINS].flatMap(
  ([issuer, prefixes, alphabet, size, tail = ""]) =>
    prefixes.split(" ").map((prefix, i) => ({ issuer, prefix, alphabet, size, tail, seed: i + 1 })),
);

test.for(rows)("redactString() removes a credential of $issuer by $prefix", (row) => {
  const token = row.prefix + drawn(row.alphabet, row.size, row.seed) + row.tail;
  const out = redactString(`call failed for ${token} at once`);
  // A start of the prefix that stands before a full stop may stay: it is the same for all customers.
  expect(out.replace(/(?:x|xoxe)\.\[/, "[")).toBe("call failed for [REDACTED] at once");
  expect(redactString(`{"note":["${token}"]}`)).not.toContain(token.slice(-12));
});

test.for(rows)(
  "redactString() keeps a word of $issuer that begins with $prefix and is far too short",
  (row) => {
    const text = `call failed for ${row.prefix}${drawn(row.alphabet, 5, row.seed)} at once`;
    expect(redactString(text)).toBe(text);
  },
);

const jwt = (header: object, body: object = { sub: "42" }): string =>
  [header, body].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
const SIGNED = drawn("w", 43);

test.for(["alg", "typ", "enc", "kid", "cty", "jku", "x5c"])(
  "redactString() removes a JSON Web Token whose header has %s",
  (name) => {
    expect(redactString(`got ${jwt({ [name]: "abcdef" })}.${SIGNED} here`)).toBe("got [REDACTED] here");
  },
);

test("redactString() removes a JSON Web Token that is cut, unsigned or encrypted, and leaves the full stop after it", () => {
  const head = jwt({ alg: "HS256" });
  const encrypted = `${head}.${drawn("w", 22)}.${drawn("w", 30)}.${drawn("w", 22)}`;
  for (const token of [head, `${head}.${SIGNED}`, `${head}.${SIGNED.slice(0, 5)}`, encrypted])
    expect(redactString(`got ${token}. Next`)).toBe("got [REDACTED]. Next");
  expect(redactString(`${head}.${SIGNED} and ${head}.${SIGNED}`)).toBe("[REDACTED] and [REDACTED]");
  expect(redactString(`${encrypted}.a.b`)).toBe("[REDACTED].a.b");
});

test("redactString() keeps base64 of other objects, and what only begins as a header", () => {
  for (const text of [
    `state ${jwt({ page: 2 }, { next: "b" })} end`,
    "eyJ is how it begins",
    `eyJ*${drawn("w", 20)}`,
  ])
    expect(redactString(text)).toBe(text);
});

test("redactString() finds a prefix only where a word begins", () => {
  for (const text of [`xAKIA${drawn("up", 16)} x`, `9ghp_${drawn("an", 30)} x`])
    expect(redactString(text)).toBe(text);
});

test("redactString() removes what calls itself a secret, whoever issued it", () => {
  for (const prefix of [
    "sk_",
    "rk-",
    "secret-",
    "priv_",
    "prv_",
    "apikey_",
    "api_key-",
    "sk_eu_live_",
    "sk-a1-b2-c3-",
  ])
    expect(redactString(`got ${prefix}a1${drawn("an", 18)} here`)).toBe("got [REDACTED] here");
  for (const text of ["got sk_abcdefghijklmnopqrstuvwx here", `got task_${drawn("an", 24)} here`])
    expect(redactString(text)).toBe(text);
});

test("redactString() removes the key of a storage account in a connection string", () => {
  const text = `DefaultEndpointsProtocol=https;AccountName=dcmx;AccountKey=${drawn("an", 40)};EndpointSuffix=core.windows.net`;
  expect(redactString(text)).toMatch(
    /^DefaultEndpointsProtocol=https;AccountName=dcmx;.*\[REDACTED\];EndpointSuffix=core\.windows\.net$/,
  );
});
