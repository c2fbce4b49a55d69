import { base58Rule } from "./_base58_rule.ts";
import { bytesRule } from "./_bytes_rule.ts";
import { callRule } from "./_call_rule.ts";
import { commandLineRule } from "./_command_line_rule.ts";
import { encodedRule } from "./_encoded_rule.ts";
import { ethersRule } from "./_ethers_rule.ts";
import { hexRule } from "./_hex_rule.ts";
import { ipRule } from "./_ip_rule.ts";
import { jsonRpcRule } from "./_json_rpc_rule.ts";
import { keystoreRule } from "./_keystore_rule.ts";
import { labelRule } from "./_label_rule.ts";
import { mnemonicRule } from "./_mnemonic_rule.ts";
import { pemRule } from "./_pem_rule.ts";
import { personalRule } from "./_personal_rule.ts";
import { positionalRule } from "./_positional_rule.ts";
import type { Rule } from "./_scan.ts";
import { signatureRule } from "./_signature_rule.ts";
import { sqlRule } from "./_sql_rule.ts";
import { tokenRule } from "./_token_rule.ts";
import { urlRule } from "./_url_rule.ts";
import { wrappedRule } from "./_wrapped_rule.ts";

/** All rules of the engine. Each reads the text as it is; what they find is merged. */
export const RULES: readonly Rule[] = [
  hexRule,
  bytesRule,
  wrappedRule,
  base58Rule,
  signatureRule,
  mnemonicRule,
  ethersRule,
  jsonRpcRule,
  keystoreRule,
  urlRule,
  labelRule,
  tokenRule,
  pemRule,
  sqlRule,
  callRule,
  commandLineRule,
  positionalRule,
  personalRule,
  ipRule,
  encodedRule,
];
