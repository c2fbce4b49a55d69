import { isIPv4, isIPv6 } from "node:net";
import type { Rule } from "./_scan.ts";

const V4 = /(?<![\w./-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-])/g;
const V6 = /(?<![\w:.])[0-9a-fA-F:]{4,39}(?![\w:])/g;
/** Private, loopback, link-local, unspecified and broadcast addresses say nothing about a person. */
export const LOCAL_ADDRESS: RegExp =
  /^(?:(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|255|224)\.|::1?$|f[cd]|fe[89ab])/i;

/** Public IP addresses. The servers' own addresses stay. */
export const ipRule: Rule = {
  id: "ip",
  pack: "ip",
  when: 0,
  find(scan) {
    if (/^(?:server|host|listen|bind|local|network\.local)\b/i.test(scan.keyName)) return;
    scan.hitAll(V4, "ip", (ip) => isIPv4(ip) && !LOCAL_ADDRESS.test(ip));
    // "::" with one group is rather a part of a program than an address.
    scan.hitAll(V6, "ip", (ip) => isIPv6(ip) && /\w:+\w/.test(ip) && !LOCAL_ADDRESS.test(ip));
  },
};
