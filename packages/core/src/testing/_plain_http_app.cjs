/** A CommonJS module that knows nothing of tracing: one request to itself. */

const { createServer, get } = require("node:http");

const server = createServer((_request, response) => response.end("ok"));
server.listen(0, "127.0.0.1", () => {
  get(`http://127.0.0.1:${server.address().port}/hello`, (response) =>
    response.resume().on("end", () => server.close()),
  );
});
