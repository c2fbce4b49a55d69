import { readFileSync } from "node:fs";
import { resolveConfig } from "@dcmx-tracing/core";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { infra, infraFiles, infraText } from "./infra_files.ts";
import { type KubernetesObject, objectProblems } from "./kubernetes_object.ts";
import { runTool } from "./servers/find_server.ts";

const kubectl = findOptional("kubectl");
const OVERLAYS = ["development", "production", "scale"] as const;

/** kubectl is not among what CI installs: where it is missing, these tests skip everywhere. */
function findOptional(name: string): { path: string; missing: boolean } {
  const found = runTool("sh", ["-c", `command -v ${name}`]);
  if (found.status !== 0) console.log(`skipped: ${name} is not installed`);
  return { path: name, missing: found.status !== 0 };
}

function build(overlay: string): readonly KubernetesObject[] {
  const { status, output } = runTool(kubectl.path, ["kustomize", infra(`kubernetes/overlays/${overlay}`)]);
  expect(status, output).toBe(0);
  return parseAllDocuments(output).map((document) => document.toJS() as KubernetesObject); // checked by the tests
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly Variable[];
  readonly securityContext?: unknown;
  readonly startupProbe?: unknown;
  readonly readinessProbe?: unknown;
  readonly livenessProbe?: unknown;
  readonly resources?: { requests?: unknown; limits?: { memory?: string } };
}
interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    configMapKeyRef?: { name: string; key: string };
    secretKeyRef?: { name: string; key: string };
  };
}
interface Workload extends KubernetesObject {
  readonly spec: {
    readonly selector: { matchLabels: Record<string, string> };
    readonly template: {
      metadata: { labels: Record<string, string> };
      spec: {
        containers: Container[];
        securityContext?: unknown;
        volumes?: { configMap?: { name: string } }[];
      };
    };
  };
}
const workloads = (objects: readonly KubernetesObject[]): readonly Workload[] =>
  objects.filter((each): each is Workload => each.kind === "Deployment" || each.kind === "StatefulSet");
const named = (
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
): KubernetesObject | undefined => objects.find((each) => each.kind === kind && each.metadata.name === name);

describe.skipIf(kubectl.missing).each(OVERLAYS)("overlay %s", (overlay) => {
  const objects = kubectl.missing ? [] : build(overlay);

  test("every built-in object keeps its schema and has no unknown key", () => {
    const builtIn = objects.filter(({ apiVersion }) => !apiVersion.startsWith("monitoring.coreos.com/"));
    expect(builtIn.length).toBeGreaterThan(8);
    const problems = builtIn.map((each) =>
      objectProblems(each).map((text) => `${each.kind} ${each.metadata.name}: ${text}`),
    );
    expect(problems.flat()).toEqual([]);
  });

  test("selectors find their pods, and services find some", () => {
    const pods = workloads(objects).map(({ metadata, spec }) => ({
      namespace: metadata.namespace,
      labels: spec.template.metadata.labels,
    }));
    for (const { spec } of workloads(objects))
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    const services = objects.filter(({ kind }) => kind === "Service");
    expect(services.length).toBeGreaterThanOrEqual(3);
    for (const { metadata, spec } of services) {
      const { selector } = spec as { selector: Record<string, string> }; // every service here has one
      const found = pods.filter(
        ({ namespace, labels }) =>
          namespace === metadata.namespace &&
          Object.entries(selector).every(([key, value]) => labels[key] === value),
      );
      expect(found, metadata.name).toHaveLength(1);
    }
  });

  test("pods are restricted, probed, limited and pinned", () => {
    for (const { spec } of workloads(objects)) {
      const pod = spec.template.spec;
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      for (const container of pod.containers) {
        expect(container.image).toMatch(/:\d+\.\d+\.\d+$/);
        expect(container, container.name).toMatchObject({
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
          startupProbe: expect.anything(),
          readinessProbe: expect.anything(),
          livenessProbe: expect.anything(),
          resources: { requests: expect.anything(), limits: { memory: expect.any(String) } },
        });
      }
    }
  });

  test("what pods refer to exists; the only secret is that of ClickHouse", () => {
    for (const { spec } of workloads(objects)) {
      const variables = spec.template.spec.containers.flatMap(({ env = [] }) => env);
      for (const { valueFrom } of variables) {
        const map = valueFrom?.configMapKeyRef;
        if (map !== undefined)
          expect(Object.keys(named(objects, "ConfigMap", map.name)?.data ?? {})).toContain(map.key);
        if (valueFrom?.secretKeyRef !== undefined)
          expect(valueFrom.secretKeyRef).toEqual({ name: "clickhouse", key: "password" });
      }
      for (const { configMap } of spec.template.spec.volumes ?? []) {
        if (configMap !== undefined)
          expect(named(objects, "ConfigMap", configMap.name), configMap.name).toBeDefined();
      }
    }
  });

  test("the service's environment is what core understands: gRPC to the collector, the sample rate, the resource", () => {
    const dcmx = workloads(objects).find(({ metadata }) => metadata.name === "dcmx");
    const config = named(objects, "ConfigMap", "dcmx-tracing-config")?.data ?? {};
    const variables: Record<string, string> = {};
    for (const { name, value, valueFrom } of dcmx?.spec.template.spec.containers[0]?.env ?? []) {
      const text = value ?? config[valueFrom?.configMapKeyRef?.key ?? ""] ?? "pod-fact";
      variables[name] = text.replaceAll(/\$\((\w+)\)/g, (_, other: string) => variables[other] ?? "");
    }
    const resolved = resolveConfig({}, variables);
    expect(resolved.protocol.value).toBe("grpc");
    expect(resolved.tracesUrl.value).toBe("http://jaeger-collector.observability:4317");
    expect(resolved.serviceName.value).toBe("dcmx");
    expect(resolved.sampleRate.value).toBe(overlay === "development" ? 1 : 0.1);
    expect(resolved.environment.value).toBe(overlay === "development" ? "development" : "production");
  });
});

test.skipIf(kubectl.missing)("production stores on a volume and knows Badger's folder", () => {
  const jaeger = workloads(build("production")).find(({ metadata }) => metadata.name === "jaeger");
  expect(JSON.stringify(jaeger)).toContain('"claimName":"jaeger-badger"');
  expect(jaeger?.spec.template.spec.containers[0]?.env).toContainEqual({
    name: "BADGER_DIR",
    value: "/badger",
  });
});

test.skipIf(kubectl.missing)("scale replaces the single Jaeger by its four tiers", () => {
  expect(
    workloads(build("scale"))
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual(["dcmx", "jaeger-ingester", "jaeger-query", "jaeger-sampler", "otel-gateway"]);
});

test("the copies that Kustomize needs are those of infra/jaeger", () => {
  // Kustomize reads nothing outside of an overlay's folder.
  const copies = infraFiles("kubernetes", "").filter(
    (file) =>
      /(jaeger(\.prod)?|gateway|sampler|ingester|query)\.yaml$|ui\.json$/.test(file) &&
      /jaeger-config|production|config\//.test(file),
  );
  expect(copies).toHaveLength(9);
  for (const file of copies) {
    const name = file.split("/").at(-1) ?? "";
    const original = infraFiles("jaeger", name)[0] ?? "";
    expect(infraText(file), `${file} must be ${original}`).toBe(infraText(original));
  }
});

test("the example for the operator has the receivers, processors and exporters of gateway.yaml", () => {
  const example = parse(readFileSync(infra("kubernetes/examples/opentelemetry-operator.yaml"), "utf8"));
  const gateway = parse(infraText("jaeger/scale/gateway.yaml"));
  for (const part of ["receivers", "processors"]) expect(example.spec.config[part]).toEqual(gateway[part]);
  expect(example.spec.config.service.pipelines).toEqual(gateway.service.pipelines);
  expect(example.spec.config.exporters.loadbalancing).toMatchObject({
    routing_key: "traceID",
    resolver: gateway.exporters.loadbalancing.resolver,
  });
});
