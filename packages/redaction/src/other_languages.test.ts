import { expect, test } from "vitest";
import { createRedactor } from "./mod.ts";

const { redactString } = createRedactor();
const SECRET = "hlodCbm1HvzYmR";
const KEY = "PWoVcec2CFb7KBNJ7itVstDNek5PufEV3eqhl36C";
const HASH = `0x${"a0891ec03033110a0d421d25e5a53fae69b38ae583a843364a89021d480bb36e"}`;

test.each([
  `Neues Passwort: ${SECRET}`,
  `Passwort für Konto 4711: ${SECRET}`,
  `mot de passe temporaire : ${SECRET}`,
  `contraseña nueva de ann: ${SECRET}`,
  `senha provisória: ${SECRET}`,
  `hasło tymczasowe: ${SECRET}`,
  `nuova password per ann: ${SECRET}`,
  `новый пароль пользователя ann: ${SECRET}`,
  `新密码（用户 ann）：${SECRET}`,
  `新的密码是 ${SECRET}`,
  `ann さんのパスワードは ${SECRET} です`,
  `パスワード：${SECRET}（有効期限 24 時間）`,
  `clave de API inválida: ${KEY}`,
  `clé API invalide : ${KEY}`,
  `API-Schlüssel ungültig: ${KEY}`,
  `API キー：${KEY}`,
  `ключ API недействителен: ${KEY}`,
  `Zugangstoken abgelaufen: ${KEY}`,
  `jeton d'accès : ${KEY}`,
  `Privater Schlüssel des Relayers: ${HASH}`,
])("redactString() removes the value and leaves the words around it: %s", (text) => {
  const secret = [SECRET, KEY, HASH].find((each) => text.includes(each)) ?? "";
  expect(redactString(text)).toBe(text.replace(secret, "[REDACTED]"));
});

test.each([
  `Transaktion ${HASH} wurde in Block 21240077 bestätigt`,
  `transacción ${HASH} confirmada`,
  `transação ${HASH} confirmada`,
  `transazione ${HASH} confermata`,
  `транзакция ${HASH} отклонена узлом`,
  `交易哈希：${HASH}`,
  `交易 ${HASH} 已确认，区块 21240077`,
  `トランザクション ${HASH} を確認`,
  `거래 해시: ${HASH}`,
  `trx ${HASH} ok`,
])("redactString() reads what a hash is called: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test.each([
  "Das Passwort für Konto 4711: bitte neu setzen",
  "mot de passe oublié : cliquez ici dans les 24 heures",
  "密码错误：请在 5 分钟后重试",
  "La contraseña debe tener: 12 caracteres",
])("redactString() keeps what is said about a password: %s", (text) => {
  expect(redactString(text)).toBe(text);
});
