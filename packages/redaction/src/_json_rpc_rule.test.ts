import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();
const ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7";

const METHODS =
  "personal_unlockAccount personal_importRawKey personal_newAccount parity_newAccountFromPhrase parity_changePassword parity_testPassword parity_setPasswordHint parity_signMessage parity_postTransaction parity_newVault parity_openVault parity_changeVault account_import account_update clef_unlock wallet_importRawKey wallet_unlock admin_importRawKey geth_unlock eth_importRawKey unlockAccount importRawKey importPrivKey unlockWallet importmulti importdescriptors walletpassphrase walletpassphrasechange dumpprivkey importprivkey sethdseed signrawtransactionwithkey encryptwallet author_insertKey hardhat_setKey".split(
    " ",
  );
test.for(METHODS)("redactString() removes the texts among the parameters of %s", (method) => {
  for (const text of [
    `{"id":1,"method":"${method}","params":["${ADDRESS}","«winter»",300]}`,
    `{"params":["${ADDRESS}","«winter»",300],"id":1,"method":"${method}"}`,
    `{ method: '${method}', params: [ '«winter»', '0x12' ] }`,
    `["${method}", "«winter»"], "later"`,
    `{"method":"${method}","params":[["«a»","«b»"],{"x":"«winter»"}],"id":"later"}`,
    `{"method":"${method}","params":["«it\\"s winter»"]}`,
    `{"method":"${method}","params":["«never closed»`,
  ]) {
    const { given, left } = marked(text);
    expect(redactString(given)).toBe(left);
  }
});

test.for([
  '{"method":"xpersonal_unlockAccount","params":["winter"]}',
  '{"method":"eth_call","params":["winter"]}',
  '{"method":"eth_call","params":["winter"],"note":"the account_list"}',
  `{"method":"personal_unlockAccount","params":["${ADDRESS}","0x1234567890abcdef",300]}`,
  'personal_sign failed for "winter"',
  'personal_ecRecover failed for "winter"',
  'personal_listAccounts gave "winter"',
  'personal_listWallets gave "winter"',
  '{"method":"account_list","params":["winter"]}',
])("redactString() keeps what is no parameter of such a method: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test("redactString() takes a sentence about a method for a call if it speaks of parameters or passwords", () => {
  for (const word of ["params", "password", "passphrase"])
    expect(redactString(`personal_sign failed with ${word} ["winter"]`)).not.toContain("winter");
});
