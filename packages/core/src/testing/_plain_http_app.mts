/** An ES module that knows nothing of tracing: one request to itself. */

import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => response.end("ok"));
server.listen(0, "127.0.0.1", () => {
  // a listening TCP server has an AddressInfo
  const { port } = server.address() as AddressInfo;
  get(`http://127.0.0.1:${port}/hello`, (response) => response.resume().on("end", () => server.close()));
});
