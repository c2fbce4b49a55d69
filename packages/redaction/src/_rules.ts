import { hexRule } from "./_hex_rule.ts";
import { labelRule } from "./_label_rule.ts";
import { mnemonicRule } from "./_mnemonic_rule.ts";
import type { Rule } from "./_scan.ts";
import { urlRule } from "./_url_rule.ts";

/** All rules of the engine, cheap ones first. */
export const RULES: readonly Rule[] = [hexRule, labelRule, urlRule, mnemonicRule];
