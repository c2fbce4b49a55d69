import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DCLinter } from "dclint";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { infra, infraText, infraYaml } from "./infra_files.ts";

const BASE = "docker-compose.tracing.yml";
const PROD = "docker-compose.tracing.prod.yml";

interface Service {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: unknown;
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly restart?: string;
  readonly deploy?: { resources: { limits: { memory: string } } };
}
const services = (file: string): Record<string, Service> =>
  infraYaml<{ services: Record<string, Service> }>(file).services;

/** The part of dclint that is used; its own declarations do not resolve under nodenext. */
interface Linter {
  lintFiles(paths: string[], recursive: boolean): { messages: { rule: string; message: string }[] }[];
}

/** What the schema of the Compose specification has against a file. */
function schemaProblems(path: string): readonly string[] {
  const linter: Linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] } as never); // not every rule
  const results = linter.lintFiles([path], false);
  expect(results, "the file was read").toHaveLength(1);
  return results.flatMap(({ messages }) =>
    messages.filter(({ rule }) => /^invalid-/.test(rule)).map(({ message }) => message),
  );
}

test.each([BASE, PROD])("%s follows the Compose schema", (file) => {
  expect(schemaProblems(infra(file))).toEqual([]);
});

test("a misspelt key would be seen", () => {
  const folder = mkdtempSync(join(tmpdir(), "dcmx-compose-"));
  const broken = join(folder, BASE);
  writeFileSync(broken, infraText(BASE).replace("image: prom", "imagee: prom"));
  expect(schemaProblems(broken).join()).toContain("additional properties");
  rmSync(folder, { recursive: true });
});

/** Both files as one, merged by the compose that is installed; `undefined` where there is none. */
function merged(): { services: Record<string, Service> } | undefined {
  const hasPlugin = spawnSync("docker", ["compose", "version"]).status === 0;
  const command = hasPlugin ? ["docker", "compose"] : ["docker-compose"];
  if (!hasPlugin && spawnSync("docker-compose", ["--version"]).error !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "dcmx-compose-"));
  // docker-compose 1.29, the one of Debian, does not know the key `name`.
  for (const file of [BASE, PROD])
    writeFileSync(join(folder, file), infraText(file).replace(/^name: .*$/m, ""));
  const args = ["-f", join(folder, BASE), "-f", join(folder, PROD), "config"];
  const result = spawnSync(command[0] ?? "", [...command.slice(1), ...args], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect(result.status, result.stderr).toBe(0);
  return parse(result.stdout);
}

test("the production file is laid over the other: Jaeger gets the volume and one configuration", ({
  skip,
}) => {
  const result = merged();
  if (result === undefined) {
    console.log("skipped: docker compose is not installed");
    return skip();
  }
  const mounts = JSON.stringify(result.services.jaeger?.volumes);
  expect(mounts).toContain("jaeger.prod.yaml");
  expect(mounts).not.toContain("jaeger/jaeger.yaml");
  expect(mounts).toContain("jaeger-data");
  expect(result.services.jaeger).toMatchObject({ read_only: true, restart: "unless-stopped" });
});

test("the ports are those of the guide, on loopback only", () => {
  const ports = Object.values(services(BASE)).flatMap((service) => service.ports ?? []);
  expect(ports.sort()).toEqual([
    "127.0.0.1:16686:16686",
    "127.0.0.1:3000:3000",
    "127.0.0.1:4317:4317",
    "127.0.0.1:4318:4318",
    "127.0.0.1:9090:9090",
  ]);
  expect(Object.values(services(PROD)).flatMap((service) => service.ports ?? [])).toEqual([]);
});

test.each(Object.entries(services(BASE)))(
  "%s is pinned, watched, limited, and runs without root or rights",
  (_, service) => {
    expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
    expect(service.user).toMatch(/^[1-9]\d*:/);
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      healthcheck: expect.anything(),
      deploy: { resources: { limits: { memory: expect.any(String) } } },
    });
  },
);

test("every file that is mounted exists", () => {
  const mounts = [BASE, PROD].flatMap((file) =>
    Object.values(services(file)).flatMap(({ volumes = [] }) => volumes),
  );
  const sources = mounts
    .map((mount) => mount.split(":")[0] ?? "")
    .filter((source) => source.startsWith("./"));
  expect(sources.length).toBeGreaterThan(5);
  expect(sources.filter((source) => !existsSync(infra(source)))).toEqual([]);
});

test("there is no default password: none at all in development, a secret file in production", () => {
  expect(infraText(BASE)).not.toMatch(/PASSWORD/);
  expect(services(BASE).grafana?.environment).toMatchObject({
    GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true",
    GF_AUTH_ANONYMOUS_ORG_ROLE: "Viewer",
  });
  expect(services(PROD).grafana?.environment).toMatchObject({
    GF_SECURITY_ADMIN_PASSWORD__FILE: "/run/secrets/grafana_admin_password",
    GF_AUTH_ANONYMOUS_ENABLED: "false",
  });
});

test("production keeps traces on a volume and restarts", () => {
  const prod = services(PROD);
  expect(prod.jaeger).toMatchObject({
    restart: "unless-stopped",
    volumes: ["./jaeger/jaeger.prod.yaml:/etc/jaeger/config.yaml:ro", "jaeger-data:/badger"],
  });
  expect(prod["jaeger-volume"]?.image).toBe(services(BASE).jaeger?.image);
});

test("what prometheus.yml scrapes in the network is what compose names", () => {
  const { scrape_configs: jobs } = infraYaml<{
    scrape_configs: { static_configs?: { targets: string[] }[] }[];
  }>("prometheus.yml");
  const hosts = jobs.flatMap((job) => job.static_configs?.flatMap(({ targets }) => targets) ?? []);
  expect(hosts).toEqual(["jaeger:8888", "jaeger:8889", "localhost:9090"]);
});
