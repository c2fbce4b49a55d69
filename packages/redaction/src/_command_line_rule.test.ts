import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

/** The tools that take a password in the same way, and the rest of the line. */
const TOOLS: readonly (readonly [tools: string, rest: string])[] = [
  [
    "mysql mysqldump mysqladmin mysqlimport mysqlsh mysqlslap mysqlcheck mysqlbinlog mariadb mariadb-dump mysql.exe",
    "-u app -p«Winter7sun» nfts",
  ],
  [
    "mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat sshpass cqlsh rabbitmqadmin",
    "-u app -p «Winter7sun» nfts",
  ],
  ["plink pscp", "-pw «Winter7sun» deploy@host"],
  ["mongosh", "-u app -p=«Winter7sun» nfts"],
  ["docker podman nerdctl buildah skopeo oras az", "login -u bob -p «Winter7sun» registry.example"],
  ["helm", "registry login -u bob -p=«Winter7sun» registry.example"],
  ["twine", "upload -u bob -p «Winter7sun» dist"],
  ["redis-cli valkey-cli keydb-cli", "-h cache -a «Winter7sun» ping"],
  ["redis-cli", "-h cache --pass «Winter7sun» ping"],
  ["curl wget wget2", "-sSu bob:«Winter7sun» example.org"],
  ["curl", "-U 'bob:«Winter7sun»' example.org"],
  ["aws", "configure set aws_secret_access_key «{an40}» --profile x"],
  ["aws", "configure set profile.dev.aws_session_token «{an20}»"],
  ["gh glab", "auth login --with-token <<< «Winter7sun»"],
  ["docker npm podman", "login --password-stdin <<<«Winter7sun»"],
  ["sudo passwd kinit su", "-S <<< «Winter7sun»"],
  [
    "wrangler vercel netlify gcloud heroku doppler eas fly flyctl supabase pulumi",
    "secret put NAME --value «Winter7sun» -y",
  ],
  ["fly", "env set --data=«Winter7sun»"],
  ["eas", "config put -secret «Winter7sun»"],
  ["openssl", "enc -d -k «Winter7sun» -in x"],
  ["openssl", "enc -d -K «Winter7sun» -in x"],
  ["openssl", "rsa -passin pass:«Winter7sun» -in x"],
  ["openssl", "rsa -passout=pass:«Winter7sun» -in x"],
  ["openssl", "enc -pass pass:«Winter7sun» -in x"],
  ["keytool jarsigner apksigner", "-storepass «Winter7sun» -x y"],
  ["apksigner", "sign --ks-pass «pass:Winter7sun» x"],
  ["keytool", "-keypassword «Winter7sun»"],
  ["vault", "login «Winter7sun»"],
  ["http https xh xhs", "-a bob:«Winter7sun» example.org"],
];

test.for(TOOLS.flatMap(([tools, rest]) => tools.split(" ").map((tool) => `${tool} ${rest}`)))(
  "redactString() removes the password on a command line: %s",
  (line) => {
    const { given, left } = marked(line);
    expect(redactString(given)).toBe(left);
  },
);

test.for(
  TOOLS.map(([tools, rest]) => `${tools.split(" ")[0]} ${rest}`).filter(
    (line) => line.includes("«Winter7sun»") && !line.includes("'"),
  ),
)("redactString() removes a password in quotation marks, of a program of Windows too: %s", (line) => {
  const [tool = "", ...rest] = line.split(" ");
  for (const quote of ['"', "'"]) {
    const quoted = line.replace("«Winter7sun»", `${quote}«Winter 7 sun»${quote}`);
    const { given, left } = marked(quoted);
    expect(redactString(given)).toBe(left);
  }
  if (!/\blogin|set|upload|ads|registry|auth|user|exe|secret|config/.test(line)) {
    const { given, left } = marked(`${tool}.exe ${rest.join(" ")}`);
    expect(redactString(given)).toBe(left);
  }
});

const FORMS: Readonly<Record<string, string>> = {
  "in double quotation marks": 'mysql -u app -p"«Winter 7 sun»" nfts',
  "in single quotation marks": "redis-cli -a '«Winter 7 sun»' ping",
  "of a path to the tool": "/usr/bin/mysql -u app -p«Winter7sun»",
  "in the middle of a log line": "exited 1: mysqldump -u app -p«Winter7sun» | gzip > x",
  "of any tool by -u": "deploy-tool -u bob:«Winter7sun» host",
  "of any tool by --user": "deploy-tool --user=bob:«Winter7sun» host",
  "of any tool by --userpwd": "deploy-tool --userpwd bob:«Winter7sun» host",
  "of any tool by --basic": "deploy-tool --basic bob:«Winter7sun» host",
  "of any tool by --auth": "deploy-tool --auth bob:«Winter7sun» host",
  "of any tool by --proxy-user": 'deploy-tool --proxy-user "bob:«Winter7sun»" host',
  "of a user without a name": "deploy-tool -u :«Winter7sun» host",
  "of a Kubernetes secret": "kubectl create secret generic x --from-literal=db.pass=«Winter7sun» -n a",
  "of a Kubernetes secret in quotation marks":
    "kubectl create secret generic x --from-literal 'a=«Winter7sun»' -n a",
};

test.for(Object.entries(FORMS))("redactString() removes the password %s", ([, line]) => {
  const { given, left } = marked(line);
  expect(redactString(given)).toBe(left);
});

const KEPT: readonly string[] = [
  "mysql -u app -p nfts",
  "mysql -h db -P 3306 nfts",
  "mymysql -u app -pWinter nfts",
  "docker run -u 1000:1000 img",
  "docker run -p 8080:80 img",
  "deploy-tool -u bob:8080 host",
  "deploy-tool -u bob:8080/x host",
  "deploy-tool --user https://host/x",
  "curl -u $USER:$PASSWORD example.org",
  "mysql -u app -p$DB_PASSWORD nfts",
  "mysql -u app -p$(cat /run/x) nfts",
  "redis-cli -a ***** ping",
  "openssl version -a",
  "vault login failed after 3 tries",
  "vault login -method=userpass",
  "mint -bypass Winter7sun",
  "fly deploy --value-of 3",
  "gcloud run deploy --value x",
  "aws configure set region eu-west-1",
  "mysql -u app; run -pWinter7sun",
];

test.for(KEPT)("redactString() leaves a command line without a password as it is: %s", (line) => {
  expect(redactString(line)).toBe(line);
});
