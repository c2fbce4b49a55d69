import { infraYaml } from "./infra_files.ts";

/** One rule of a Prometheus rule file. */
export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The recording and alerting rules of infra/. */
export function rules(): readonly Rule[] {
  return ["recording.yml", "alerts.yml"].flatMap((name) =>
    infraYaml<{ groups: { rules: Rule[] }[] }>(`prometheus/rules/${name}`).groups.flatMap(
      (group) => group.rules,
    ),
  );
}

/** Names of the recorded series. */
export function recordedNames(): readonly string[] {
  return rules().flatMap(({ record }) => (record === undefined ? [] : [record]));
}

/** An alert's expression without its threshold: what must have data for the alert to be able to fire. */
export function withoutThreshold(expr: string): string {
  const match = /^([\s\S]*?)\s*(>=|<=|==|!=|>|<)\s*[\d.]+\s*$/.exec(expr);
  if (match?.[1] === undefined) throw new RangeError(`Cannot read the threshold of '${expr}'`);
  return match[1];
}
