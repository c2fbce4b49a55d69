import { areHexDigits } from "./_hex_digits.ts";
import { HARMLESS_TAILS } from "./_key_words.ts";
import { isReferenceValue } from "./_reference_forms.ts";
import { wordSet } from "./_word_set.ts";

const NOT_A_VALUE = wordSet(
  `null undefined true false none nil nan na empty invalid incorrect wrong mismatch was are were be been must should shall can cannot could would
   will have had not no too and or for from of on to by with without as an the a this that it its does do did if when while than then string number
   object function array bigint boolean expected unexpected given got received unset failed failure okay success ended starts short long weak strong
   needed supplied specified allowed denied refused rejected accepted unknown bad absent defined different already hidden protected removed omitted
   value text key keys phrase phrases word words import exported check checks validation odd via read write parameter argument option header cookie
   environment variable variables config configuration add try sent backed unsupported supported granted malformed again enter provide ask make
   create generate paste copy rotate revoke renew refresh keep sign ignored truncated cleared deleted saved locked unlocked revoked renewed refreshed
   include omit same-origin cors lax strict succeeded completed done pending waiting skipped off yes before after during between because but also
   only just so you your we our their his her use using uses see please contact`,
);

/** True for what stands after a label without being its value: a word of prose, a placeholder, a mask. */
export function isPlaceholder(value: string): boolean {
  if (value.length === 0) return true;
  const bare = value.replace(/[\s.,;:!?)\]}]{1,64}$/, "");
  const word = bare.toLowerCase();
  if (NOT_A_VALUE.has(word) || HARMLESS_TAILS.has(word)) return true;
  // Identifiers of Twilio, but for those of keys.
  if (/^(?!SK)[A-Z]{2}[\da-f]{32}$/.test(value)) return true;
  return PLACEHOLDER.test(bare) || isReferenceValue(value) || (bare !== value && isReferenceValue(bare));
}

const PLACEHOLDER =
  /^(?:[*x•.\-_=~#+]{2,256}|0x|%[+#]?[sdjoOvxXqifTp]|\?|process\.env\.\w{1,64}|\[Function.{0,64}|pk_(?:live|test)_\w{8,128}|-----BEGIN (?:[A-Z0-9]{1,12} )?(?:PUBLIC KEY|CERTIFICATE)-----[\w\s+/=-]{1,8192}|(?:var)?char\(\d{1,5}\)?)$/i;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{50,}|k51[a-z0-9]{50,}|[zf]?b[a-z2-7]{58,})$/;

/** 0x and 40 digits. */
export function isAddress(value: string): boolean {
  return value.length === 42 && value.startsWith("0x") && areHexDigits(value, 2, 42);
}

/** What may stand under any label: an address, or a word in place of a value. */
export function isHarmless(value: string): boolean {
  return isAddress(value) || isPlaceholder(value);
}

/** Long runs of zeros or ones: a padded word, a small number, a mask. No random key has them. */
export function isPadded(hex: string): boolean {
  return /^0{12}|0{12}$|^f{12}|f{16}$|([\da-f])\1{19}/.test(hex);
}

/** Content identifiers of IPFS. */
export function isCid(value: string): boolean {
  return value.length >= 46 && CID.test(value);
}

/** 8-4-4-4-12. */
export function isUuid(value: string): boolean {
  return value.length === 36 && value.charCodeAt(8) === 45 && UUID.test(value);
}

/** A value that looks drawn at random: letters and digits mixed in one long token. */
export function isOpaque(value: string, least = 16): boolean {
  if (value.length < least || value.length > 4096) return false;
  if (!/^[A-Za-z0-9_\-+/=.~|:%!]+$/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (!/\d/.test(value)) return value.length > 19 && isMixedCase(value);
  if (value.startsWith("0x") || isUuid(value) || isCid(value)) return false;
  if (/^\d{4}-\d\d-\d\d|^https?:|^[a-z]+:\/\/|^(?:sha\d{3}|md5)[:-]/i.test(value)) return false;
  const longest = Math.max(...value.split(/[-_.:/|~]/).map((part) => part.length));
  if (longest < 12) return false;
  return changes(value) >= 4;
}

/** Letters alone are drawn at random when about half of them are capitals; camelCase has far fewer. */
export function isMixedCase(value: string): boolean {
  if (!/^[A-Za-z_-]+$/.test(value)) return false;
  const capitals = value.replace(/[^A-Z]/g, "").length / value.length;
  return capitals > 0.3 && capitals < 0.75 && changes(value) >= 4;
}

/** A value under a weak label: random, or a seed, or a short code under a name that means one. */
export function isWeakSecret(name: string, value: string): boolean {
  if (isOpaque(value)) return true;
  if (/(?:entropy|seed)[^A-Za-z]*$/i.test(name)) return /^(?:0x)?[0-9a-f]{32,128}$/i.test(value);
  if (/(?:^|[^A-Za-z])pass$/i.test(name))
    return /^(?=.*\d)(?=.*[!@$%^&*+=~?]|.*[a-z].*[A-Z]|.*[A-Z].*[a-z])\S{6,64}$/.test(value);
  return /^(?:.*[._-])?(?:pin|otp|mfa|2fa)$/i.test(name) && /^\d{4,8}$/.test(value);
}

/** How often the kind of character changes along the value: words and numbers change seldom. */
function changes(value: string): number {
  let count = 0;
  let last = -1;
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    const kind = c >= 48 && c <= 57 ? 0 : c >= 97 && c <= 122 ? 1 : c >= 65 && c <= 90 ? 2 : 3;
    if (kind !== last && kind !== 3) {
      if (
        last !== -1 &&
        !(last === 2 && kind === 1 && /[A-Z]/.test(value[i - 1] ?? "") && !/[A-Z]/.test(value[i - 2] ?? "z"))
      )
        count++;
      last = kind;
    }
  }
  return count;
}
