import { expect, test } from "vitest";
import { createRedactor } from "./mod.ts";

const { redactString, redactValue } = createRedactor();
const HASH = "a0891ec03033110a0d421d25e5a53fae69b38ae583a843364a89021d480bb36e";
const ADDRESS = "0x77f3E2Bfc006F81DF68922785061d6e332Ba88eF";

test.each([
  '<input type="password" name="pass" id="pass" value="SECRET">',
  '<input value="SECRET" name="password" id="p">',
  '<input type="password" id="x" value="SECRET"/>',
  '<input type="hidden" name="csrf" value="SECRET">',
  '<meta name="csrf-token" content="SECRET">',
  "<param name='api_key' value='SECRET'>",
])("redactString() reads the attributes of a tag in any order: %s", (form) => {
  const text = form.replace("SECRET", "t011LMIKtEtlmQ");
  expect(redactString(text)).toBe(form.replace("SECRET", "[REDACTED]"));
});

test.each([
  '<label for="pw">Password</label><input type="password" name="password" autocomplete="current-password">',
  '<input name="api_key" placeholder="Key" required>',
  '<input type="text" name="user" value="ann">',
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
])("redactString() keeps a tag without a secret in it: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test.each([
  `block,tx_hash,from,value\n21240077,0x${HASH},${ADDRESS},0`,
  `tx_hash\tfrom\n0x${HASH}\t${ADDRESS}`,
  `| step | tx hash | status |\n|---|---|---|\n| mint | 0x${HASH} | ok |`,
])("redactString() keeps a hash in the column of hashes: %s", (table) => {
  expect(redactString(table)).toBe(table);
});

test("redactString() removes a 32-byte value in a column that says nothing, or that says private key", () => {
  expect(redactString(`name,value\nann,0x${HASH}`)).toBe("name,value\nann,[REDACTED]");
  const table = `owner,private_key\nann,0x${HASH}`;
  expect(redactString(table)).toBe("owner,private_key\nann,[REDACTED]");
});

test("redactString() takes no sentence for the first line of a table", () => {
  const text = `Sent the tx, now waiting.\nThe one in use is 0x${HASH}, as before`;
  expect(redactString(text)).toBe(text.replace(`0x${HASH}`, "[REDACTED]"));
  const cell = `tx hash, note\nprivate 0x${HASH}, ok`;
  expect(redactString(cell)).toBe(cell.replace(`0x${HASH}`, "[REDACTED]"));
});

test.each([
  `/var/lib/docker/containers/${HASH}/hostconfig.json`,
  `0::/system.slice/docker-${HASH}.scope`,
  `/var/lib/docker/overlay2/${HASH}/merged`,
  `RunPodSandbox returns sandbox id "${HASH}"`,
  `removing image sha256-${HASH}`,
  `"zh:${HASH}"`,
  `github.com/ethereum/go-ethereum v1.14.11 h1:${Buffer.from(HASH, "hex").toString("base64")}`,
  `{"pub_key":{"type":"tendermint/PubKeyEd25519","value":"${Buffer.from(HASH, "hex").toString("base64")}"}}`,
  `https://beaconcha.in/validator/0x${HASH}${HASH.slice(0, 32)}`,
  `https://keyserver.example/pubkey/02${HASH}`,
])("redactString() keeps digests, containers and public keys: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test.each(["starknet.contract_address", "aptos.account.address", "sui.object_id"])(
  "redactValue() keeps an address of 32 bytes: %s",
  (key) => {
    expect(redactValue(key, `0x${HASH}`)).toBe(`0x${HASH}`);
    expect(redactValue("args.0", `0x${HASH}`)).toBe("[REDACTED]");
  },
);

const UUID = "9deb94d5-2147-477b-a0a1-9de70f8166fa";

test.each(["drops", "auctions", "galleries", "raffles", "shipments"])(
  "redactValue() keeps the identifier of a member of a collection: %s",
  (name) => {
    for (const id of [UUID, "0f8fad5bd9cb469fa16570867728950e", "01ARZ3NDEKTSV4RRFFQ69G5FAV"]) {
      const url = `https://api.example.com/v1/${name}/${id}/events?page=2`;
      expect(redactValue("url.full", url)).toBe(url);
    }
  },
);

test("redactValue() removes a UUID where a provider has its key, whatever the attribute", () => {
  for (const key of ["url.full", "message"])
    expect(redactValue(key, `https://eth.getblock.io/${UUID}/mainnet/`)).toBe(
      "https://eth.getblock.io/REDACTED/mainnet/",
    );
});
