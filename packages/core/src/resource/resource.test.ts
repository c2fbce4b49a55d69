import { hostname } from "node:os";
import { expect, test } from "vitest";
import { resolveConfig } from "../config/resolve_config.ts";
import { containerFacts, kubernetesFacts } from "./_detectors.ts";
import { resourceFacts } from "./_resource_facts.ts";

const ID = "0123456789abcdef".repeat(4);

test("resourceFacts() names service, host, process and runtime", () => {
  const facts = resourceFacts(
    resolveConfig({ serviceName: "dcmx", serviceVersion: "1.2.3", environment: "test" }, {}),
  );
  expect(facts).toMatchObject({
    "service.name": "dcmx",
    "service.version": "1.2.3",
    "service.instance.id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "deployment.environment.name": "test",
    "host.name": hostname(),
    "process.pid": process.pid,
    "process.executable.name": "node",
    "process.runtime.name": "nodejs",
    "telemetry.sdk.language": "nodejs",
    "telemetry.sdk.name": "opentelemetry",
    "telemetry.sdk.version": expect.stringMatching(/^2\./),
  });
  expect(Object.keys(facts)).not.toContain("process.command_args");
});

test("resourceFacts() lets the configuration win over what is detected, and detectors be chosen", () => {
  const attributes = { resourceAttributes: { "host.name": "given" }, serviceInstanceId: "one" };
  expect(resourceFacts(resolveConfig(attributes, {}))).toMatchObject({
    "host.name": "given",
    "service.instance.id": "one",
  });
  const none = resourceFacts(resolveConfig({ resourceDetectors: ["none"] }, {}));
  expect(Object.keys(none).filter((key) => /^(host|os|process|container|k8s)\./.test(key))).toEqual([]);
  const some = resourceFacts(resolveConfig({}, { OTEL_NODE_RESOURCE_DETECTORS: "os,process" }));
  expect(Object.keys(some).some((key) => key.startsWith("os."))).toBe(true);
  expect(Object.keys(some).some((key) => key.startsWith("host."))).toBe(false);
});

test.each([
  ["a control group of Docker", "/proc/self/cgroup", `12:memory:/docker/${ID}\n`],
  ["a control group of containerd", "/proc/self/cgroup", `0::/system.slice/cri-containerd-${ID}.scope\n`],
  ["a control group of Kubernetes", "/proc/self/cgroup", `0::/kubepods/besteffort/pod1/${ID}\n`],
  [
    "the mounts of Docker",
    "/proc/self/mountinfo",
    `1 2 0:1 /var/lib/docker/containers/${ID}/hostname /etc/hostname rw\n`,
  ],
])("containerFacts() finds the id in %s", (_name, file, text) => {
  expect(containerFacts((path) => (path === file ? text : undefined))).toEqual({ "container.id": ID });
});

test("containerFacts() knows nothing outside of a container", () => {
  expect(containerFacts(() => "0::/init.scope\n")).toEqual({});
  expect(containerFacts(() => undefined)).toEqual({});
});

test("kubernetesFacts() reads the service account and the downward API, only inside of a cluster", () => {
  const env = {
    KUBERNETES_SERVICE_HOST: "10.0.0.1",
    HOSTNAME: "dcmx-7d4b9",
    NODE_NAME: "node-1",
    POD_UID: "",
  };
  expect(kubernetesFacts(env, () => "observability\n")).toEqual({
    "k8s.namespace.name": "observability",
    "k8s.pod.name": "dcmx-7d4b9",
    "k8s.node.name": "node-1",
  });
  expect(kubernetesFacts({ HOSTNAME: "laptop" }, () => "x")).toEqual({});
});
