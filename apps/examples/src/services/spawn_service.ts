import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TracingReceipt } from "@dcmx-tracing/core";
import type { ServiceCommand, ServiceConfig, ServiceMessage, ServiceName } from "./service_config.ts";

/** The messages of one kind that a service has sent since. */
export interface Watch<M> {
  /** The first of them that is wanted, also when it has come already; rejects if the service ends before. */
  first(wanted?: (message: M) => boolean): Promise<M>;
}

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly name: ServiceName;
  readonly url: string;
  readonly metricsUrl: string | undefined;
  /** Listens to messages of this kind from now on: begin before what causes them. */
  watch<K extends ServiceMessage["kind"]>(kind: K): Watch<Extract<ServiceMessage, { kind: K }>>;
  /** Makes it deliver the spans it has. */
  flush(): Promise<void>;
  /** Stops the process in good order. */
  stop(): Promise<TracingReceipt>;
}

/**
 * Starts a service and waits until it answers.
 *
 * @throws Error if it ends before.
 */
export async function spawnService(name: ServiceName, config: ServiceConfig): Promise<ServiceProcess> {
  const main = fileURLToPath(new URL(`./${name}_main.ts`, import.meta.url));
  const child = fork(main, [], {
    execArgv: ["--import", import.meta.resolve("tsx")],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  void exited.then(() => process.off("exit", kill));

  const watch = <K extends ServiceMessage["kind"]>(kind: K): Watch<Extract<ServiceMessage, { kind: K }>> => {
    type Message = Extract<ServiceMessage, { kind: K }>;
    const received: Message[] = [];
    const waiting = new Set<() => void>();
    const listen = (message: ServiceMessage): void => {
      // The kind was compared: the message is of that type.
      if (message.kind === kind) received.push(message as Message);
      for (const look of [...waiting]) look();
    };
    child.on("message", listen);
    const first: Watch<Message>["first"] = (wanted = () => true) => {
      const found = new Promise<Message>((resolve) => {
        const look = (): void => {
          const message = received.find(wanted);
          if (message !== undefined) resolve(message);
        };
        waiting.add(look);
        look();
      });
      const ended = exited.then(([code]) => {
        throw new Error(`The service '${name}' ended with ${code} before it said '${kind}'`);
      });
      return Promise.race([found, ended]).finally(() => child.off("message", listen));
    };
    return { first };
  };
  const command = (sent: ServiceCommand): void => void child.send(sent);

  const ready = watch("ready").first();
  command({ kind: "start", config });
  const { metricsUrl, url } = await ready;
  return {
    name,
    url,
    metricsUrl,
    watch,
    flush: async () => {
      const flushed = watch("flushed").first();
      command({ kind: "flush" });
      await flushed;
    },
    stop: async () => {
      const stopped = watch("stopped").first();
      command({ kind: "stop" });
      const { receipt } = await stopped;
      await exited;
      return receipt;
    },
  };
}
