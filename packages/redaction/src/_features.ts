/** A colon or an equals sign: labels, URLs, header lines. */
export const HAS_SEPARATOR = 1;
/** An at sign: e-mail addresses, user info of URLs. */
export const HAS_AT = 2;
/** A backslash, a percent sign or an ampersand: the text may be encoded. */
export const HAS_ESCAPE = 4;
/** A character outside of ASCII. */
export const HAS_NON_ASCII = 8;
/** A run of at least 16 token characters that does not read as words and is not hexadecimal. */
export const HAS_RUN = 16;
/** At least seven digits close together, and a plus sign, a parenthesis or a label somewhere. */
export const HAS_NUMBER = 32;
/** Eight words of BIP-39 lists close together. */
export const HAS_WORDS = 64;
/** White space. */
export const HAS_SPACE = 128;
/** A quotation mark. */
export const HAS_QUOTE = 256;
/** A run of more than 40 hexadecimal digits. */
export const HAS_HEX = 512;
/** A scheme, a name that looks like a host before a slash, or a slash at the start. */
export const HAS_URL = 1024;
/** At least 15 commas. */
export const HAS_LIST = 2048;
/** At least four equally long groups of two to sixteen hexadecimal digits in a row. */
export const HAS_GROUPS = 4096;
/** A word that labels of secrets and of personal data hold. */
export const HAS_LABEL = 8192;
/** A hyphen after a space: a flag of a command. */
export const HAS_FLAG: number = 2 ** 14;
/** An angle bracket, a bar or a number sign: elements and cells. */
export const HAS_BORDER: number = 2 ** 15;
/** Eight hexadecimal digits with white space, a quotation mark or a backslash after them, and then four more. */
export const HAS_JOINT: number = 2 ** 16;
/** A group of 30 to 34 hexadecimal digits. */
export const HAS_HALF: number = 2 ** 17;
/** A dollar sign: hashes of passwords. */
export const HAS_CRYPT: number = 2 ** 18;
/** Four colons without white space or a quotation mark among them. */
export const HAS_FIELDS: number = 2 ** 19;
/** A word that stands before passwords which only their place tells. */
export const HAS_TOOL: number = 2 ** 20;
/** A word of the labels of personal data that stand in running text. */
export const HAS_PERSON: number = 2 ** 21;
/** At least nine digits close together. */
export const HAS_LONG_NUMBER: number = 2 ** 22;
/** Two capitals and two digits. */
export const HAS_COUNTRY: number = 2 ** 23;
/** The key says that the text is a statement of a database. */
export const HAS_STATEMENT: number = 2 ** 24;
