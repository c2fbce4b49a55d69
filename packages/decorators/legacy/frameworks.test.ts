import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type * as NestApp from "./frameworks/nest_fixture_app.ts";
import type * as TypeormApp from "./frameworks/typeorm_fixture_app.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const compiled = join(here, "../.results/frameworks/decorators/legacy/frameworks");

let nest: Awaited<ReturnType<typeof NestApp.startNest>>;
let tracing: TestTracing;

beforeAll(async () => {
  execFileSync(join(here, "../node_modules/.bin/tsc"), ["-p", "frameworks"], { cwd: here });
  const app: typeof NestApp = await import(pathToFileURL(join(compiled, "nest_fixture_app.js")).href);
  nest = await app.startNest();
}, 180_000);
afterAll(() => nest.app.close());
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

async function ask(path: string, init?: RequestInit): Promise<[number, unknown]> {
  const response = await fetch(`${nest.url}${path}`, init);
  const text = await response.text();
  return [response.status, text.startsWith("{") ? JSON.parse(text) : text];
}

function post(order: object, role: string): Promise<[number, unknown]> {
  const headers = { "content-type": "application/json", "x-role": role };
  return ask("/nft", { method: "POST", headers, body: JSON.stringify(order) });
}

test("NestJS: routes, parameter pipes and headers work when @tracedMethod() is outermost", async () => {
  expect(await ask("/nft/7?full=1")).toEqual([200, { id: 7, full: true }]);
  expect((await ask("/nft/seven"))[0]).toBe(400);
  const { headers } = await fetch(`${nest.url}/nft/7`);
  expect(headers.get("x-kept")).toBe("yes");
  expect(renderTrace(tracing.spans())).toBe("NftController.show\n\nNftController.show");
});

test("NestJS: guards protect the routes, wherever our decorator stands", async () => {
  expect((await post({ edition: 1, artist: "a" }, "visitor"))[0]).toBe(403);
  expect((await ask("/nft/admin/secret"))[0]).toBe(403);
  expect(await ask("/nft/admin/secret", { headers: { "x-role": "admin" } })).toEqual([200, "secret"]);
  expect(renderTrace(tracing.spans())).toBe("NftController.secret");
});

test("NestJS: validation, dependency injection and status codes work, and the trace shows who called whom", async () => {
  expect((await post({ edition: 0, artist: "a" }, "artist"))[0]).toBe(400);
  expect(await post({ edition: 3, artist: "a" }, "artist")).toEqual([
    202,
    { edition: 3, serial: 1, isOrder: true },
  ]);
  expect(renderTrace(tracing.spans())).toBe(
    ["NftController.mint code.args.order.edition=3", "└─ Minter.mint", "   └─ Ledger.add"].join("\n"),
  );
});

test("NestJS: a controller is traced by @tracedClass()", async () => {
  expect(await ask("/health")).toEqual([200, { ok: true }]);
  expect(renderTrace(tracing.spans())).toBe(["Health.check", "└─ isHealthy"].join("\n"));
});

test("NestJS: the Swagger document has the operations, parameters and models", () => {
  expect(nest.document).toMatchObject({
    paths: {
      "/nft/{id}": {
        get: {
          summary: "Shows an NFT",
          parameters: [{ name: "id", schema: { type: "number" } }, { name: "full" }],
        },
      },
      "/nft": {
        post: { responses: { 202: { content: {} } }, requestBody: { content: { "application/json": {} } } },
      },
      "/health": { get: {} },
    },
    components: {
      schemas: { MintOrder: { properties: { edition: { type: "number" }, artist: { type: "string" } } } },
    },
  });
});

test("TypeORM and class-validator see the same metadata as without our decorators", async () => {
  const app: typeof TypeormApp = await import(pathToFileURL(join(compiled, "typeorm_fixture_app.js")).href);
  expect(app.describeEntities()).toEqual({
    tables: [
      [true, "artists"],
      [true, undefined],
    ],
    columns: [
      ["id", "uuid"],
      ["edition", "Number"],
      ["mintedAt", "Date"],
      ["wrapped", "String"],
    ],
    relations: ["nfts", "artist"],
    listeners: [["prepare", "before-insert"]],
    indices: [["wrapped"]],
    designType: "String",
    errors: ["edition"],
  });
  const artist = Object.assign(new app.Artist(), { name: "alice" });
  expect([artist.label, new app.Nft().prepare(), new app.Nft().wrapped]).toEqual([
    "artist alice",
    "prepared",
    "value",
  ]);
  expect(tracing.spans().map((span) => span.name)).toEqual([
    "Artist.label.get",
    "Nft.prepare",
    "Nft.wrapped.get",
  ]);
});
