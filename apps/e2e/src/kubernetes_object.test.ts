import { expect, test } from "vitest";
import { type KubernetesObject, objectProblems } from "./kubernetes_object.ts";

const deployment = (spec: object): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "dcmx", labels: { "app.kubernetes.io/name": "dcmx" } },
  spec,
});
const template = {
  metadata: { labels: { app: "dcmx" } },
  spec: { containers: [{ name: "dcmx", image: "dcmx:1", resources: { limits: { memory: "1Gi" } } }] },
};
const selector = { matchLabels: { app: "dcmx" } };

test("objectProblems() accepts a correct deployment", () => {
  expect(objectProblems(deployment({ selector, template }))).toEqual([]);
});

test("objectProblems() refuses the guide's deployment, which has no selector, labels or image", () => {
  expect(
    objectProblems(deployment({ template: { spec: { containers: [{ name: "dcmx" }] } } })).join(),
  ).toContain("selector");
});

test("objectProblems() finds a misspelt key, however deep", () => {
  const container = { ...template.spec.containers[0], readinesProbe: {} };
  const problems = objectProblems(
    deployment({ selector, template: { ...template, spec: { containers: [container] } } }),
  );
  expect(problems).toEqual(["unknown key /spec/template/spec/containers/0/readinesProbe"]);
});

test("objectProblems() finds a value of the wrong type", () => {
  expect(objectProblems(deployment({ selector, template, replicas: "3" })).join()).toContain("replicas");
});
