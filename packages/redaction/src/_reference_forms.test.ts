import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();

/** A section sign stands for a dollar before a brace, which the linter takes for a mistaken template. */
const dollars = (text: string): string => text.replaceAll("§", "$");

/** What programs write in place of a secret. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "an expression of GitHub Actions": ["§{{ secrets.DB_PASSWORD }}", "§{{env.X}}"],
  "a variable in braces": ["§{DB_PASSWORD}", "§{db.password}"],
  "a source in braces": "env ssm self opt file vault cf sm aws gcp param stage"
    .split(" ")
    .map((from) => `§{${from}:/db/password}`),
  "a variable of a shell": ["$DB_PASSWORD", "$env:DB_PASSWORD", "$1", "$12"],
  "a variable whose name is a label": [
    ..."password passphrase passwd passcode pwd secret token key mnemonic seed phrase credential credentials auth cookie jwt otp code keys"
      .split(" ")
      .map((name) => `$${name}`),
    "$newPassword",
    "$db_password",
    ":password",
    "@password",
    "$walletPrivateKey",
    "$user_new_secret",
    "$tokenValue",
  ],
  "a format of Python": ["%(password)s"],
  "a template of Mustache, Go or Jinja": ["{{ .Values.db.password }}", "{{password}}"],
  "a variable of Windows": ["%DB_PASSWORD%"],
  "a template of ERB": ["<%= ENV['X'] %>", "<%- x %>", "<% x %>"],
  "an interpolation of Ruby": ["#{password}"],
  "a command in brackets": "cat pass op aws vault gcloud kubectl security bw sops head"
    .split(" ")
    .map((tool) => `$(${tool} x/y)`)
    .concat("$(openssl rand -hex 32)"),
  "a name in angle brackets": ["<password>", "<your db password>"],
  "an environment in a program": [
    "process.env.DB_PASSWORD",
    "process.env['DB_PASSWORD']",
    "process.env.DB_PASSWORD!",
    "import.meta.env.VITE_KEY",
    "Deno.env.X_KEY",
    "Bun.env.X_KEY",
    'os.environ["X_KEY"]',
    "env.X_KEY",
  ],
  "a look-up of the environment":
    "os.getenv os.environ.get System.getenv Deno.env.get getenv env vars.get config.get"
      .split(" ")
      .map((call) => `${call}("X_KEY")`),
  "a tag of YAML": "vault Ref Sub GetAtt ImportValue env ENV secret"
    .split(" ")
    .map((tag) => `!${tag} minter/key`),
  "an address in a store": "op ref+vault vault awssm gcpsm akv keychain bw secretref ssm file"
    .split(" ")
    .map((store) => `${store}://prod/minter/password`)
    .concat("vault:secret/minter#key"),
  "a name of the environment": ["env:DB_PASSWORD"],
  "a path of a mounted file": "run var etc mnt opt app srv home"
    .split(" ")
    .map((root) => `/${root}/secrets/db_password`),
  "a path of a file": "json pem key txt yaml yml env crt p12 pfx enc gpg asc age toml ini conf keystore jks"
    .split(" ")
    .flatMap((end) => [`./keys/minter.${end}`, `/keys/minter.${end}`]),
  "the name of a file": "json pem p12 pfx keystore jks gpg asc".split(" ").map((end) => `minter-1.${end}`),
  "a name in braces": [
    "{password}",
    "{API_KEY}",
    "{secret}",
    "{token}",
    "{apiKey}",
    "{mnemonic}",
    "{seed}",
    "{credentials}",
    "{db_auth}",
    "{jwt}",
  ],
  "a request to fill in": [
    "your-api-key",
    "Your_secret here",
    "YOUR_API_KEY",
    "REPLACE_ME",
    "REPLACEME",
    "REPLACE_WITH_KEY",
  ],
  "an ellipsis": ["...", "…", "sk-...", "sk-ant-…"],
  "the alias of a key": ["alias/minter-prod"],
  "a resource of Google Cloud": [
    "projects/mint/secrets/db_password/versions/latest",
    "projects/mint/locations/eu/keyRings/x",
  ],
  "a resource of AWS": [
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/minter",
    "arn:aws-cn:kms:::key/x",
  ],
  "a reference of Azure": ["@Microsoft.KeyVault(SecretUri=x)"],
  "an object as a text": ["[object Object]"],
  "a word in brackets":
    "hidden redacted masked removed none empty omitted secret sensitive set unset unchanged null undefined"
      .split(" ")
      .map((word) => `(${word})`)
      .concat("(not set)", "(not shown)"),
  "several of them": ["§{USER}:§{PASS}", "%A_KEY%%B_KEY%"],
  "one after a scheme": ["Bearer $TOKEN", "Basic §{AUTH}", "token $T", "Token $T", "bearer $T", "0x§{KEY}"],
};

for (const [name, values] of Object.entries(NAMES)) {
  test(`redactString() keeps ${name} in place of a secret`, () => {
    const texts = values.map(dollars);
    expect(texts.map((value) => redactValue("db.password", value))).toEqual(texts);
    const lines = texts.map((value) => `password: ${value}`);
    expect(lines.map((line) => redactString(line))).toEqual(lines);
    const pairs = texts
      .filter((value) => !/["']/.test(value))
      .map((value) => `{"password":"${value}","x":1}`);
    expect(pairs.map((pair) => redactString(pair))).toEqual(pairs);
  });
}

/** What only looks like one of them. */
const SECRETS: readonly string[] = [
  "password: «$ummer24»",
  "password: «§{Winter7sun»",
  "password: «§{DB_PASSWORD:-Winter7sun}»",
  "password: «§{x:/db}Winter7»",
  "password: «%Winter7sun%»",
  "password: «$lower»",
  "password: «#{Winter!7}»",
  "password: «/Winter7sun»",
  "password: «/tmp/Winter7sun»",
  "password: «Winter7sun.doc»",
  "password: «alias7»",
  "password: «vault:Winter7sun»",
  "password: «!Winter7sun»",
  "password: «myenv.Winter7»",
  "password: «$DB_PASSWORDx7»",
];
test.for(SECRETS)("redactString() removes what only looks like a reference: %s", (text) => {
  const { given, left } = marked(dollars(text));
  expect(redactString(given).startsWith(left.slice(0, 20))).toBe(true);
  expect(redactString(given)).not.toMatch(/Winter7|ummer24|lower|alias7/);
});

const ROOTS =
  "this self config options opts ctx context req request res response args params props state settings secrets credentials creds user body input data event session wallet signer account".split(
    " ",
  );
test.for(ROOTS)("redactString() keeps a member of %s in a line of a program", (root) => {
  for (const line of [
    `password: ${root}.db.password,`,
    `secret = ${root}?.value;`,
    `f({ privateKey: ${root}.x })`,
  ])
    expect(redactString(line)).toBe(line);
  expect(redactString(`password: ${root}.Winter7 now`)).toBe("password: [REDACTED] now");
});

const VERBS =
  "get read load fetch decrypt decode derive generate create random require resolve lookup to parse import".split(
    " ",
  );
test.for(VERBS)("redactString() keeps a call of %s in a line of a program", (verb) => {
  for (const line of [
    `const secret = ${verb}(name);`,
    `const secret = await ${verb}Secret("x");`,
    `password: ${verb}()`,
    `secret = ${verb}Key( [1] )`,
  ])
    expect(redactString(line)).toBe(line);
  expect(redactString(`password: ${verb}(Winter7)`)).not.toContain("Winter7");
});

const CODE: readonly string[] = [
  "const secret = vault.read(path, 1);",
  "secret = await kms.client.decrypt(`x`)",
  'password: env["X"]',
  "secret = keys[0]",
  "secret = rows.items['x']",
  "password: (a, b) => a",
  "secret: () => x",
  "const key = db.row.apiKey;",
  "if (x === row.apiKey) go()",
  "x => row.apiKey, y",
  "const secret = row.db.apiKey",
  "if (password === row.password) go()",
  "secret => row.apiKey, y",
];
test.for(CODE)("redactString() keeps a line of a program: %s", (line) => {
  expect(redactString(line)).toBe(line);
});
