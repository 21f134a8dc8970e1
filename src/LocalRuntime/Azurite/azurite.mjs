// Runs Azurite's table service for one parent process. The parent holds our stdin: when it ends, however the parent
// died, the database is saved and this process leaves. Azurite by itself saves only every five seconds.
import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";

const require = createRequire(import.meta.url);
const azurite = (path) => require(`azurite/dist/src/${path}`);

const closeWaitMax = 5_000;
const retryEvery = 100;

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    location: { type: "string" },
    wait: { type: "string", default: "10000" },
  },
});
const deadline = Date.now() + Number(options.wait);

// The parent's death also breaks these pipes, and a terminal's Ctrl+C reaches us before the parent is done with us.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const parentGone = new Promise((resolve) => {
  process.stdin.on("end", resolve).on("close", resolve).on("error", resolve).resume();
});

/** A predecessor that is still saving holds the address, so a busy one is tried again until the deadline. */
async function listen(server, address, busy) {
  for (let attempt = 1; ; attempt++) {
    const error = await new Promise((resolve) => {
      server.once("error", resolve).listen(address, () => resolve(undefined));
    });
    server.removeAllListeners("error");
    if (error === undefined) return;
    if (error.code !== "EADDRINUSE" || Date.now() > deadline) {
      throw error.code === "EADDRINUSE" ? new Error(busy) : error;
    }
    if (address.path !== undefined && !(await answers(address.path))) rmSync(address.path, { force: true });
    if (attempt === 1) process.stdout.write("waiting\n");
    await delay(retryEvery);
  }
}

/** False for a socket file that a killed process left behind. */
function answers(path) {
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });
}

/** One process for each directory: two would overwrite each other's database. */
async function lockDirectory(location) {
  mkdirSync(location, { recursive: true });
  const name = `telephony-azurite-${createHash("sha256").update(realpathSync(location)).digest("hex").slice(0, 24)}`;
  const windows = process.platform === "win32";
  const path = windows ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
  const lock = createServer((socket) => socket.destroy());
  await listen(lock, { path }, "Another process uses the data directory of Azurite. Stop it, or choose another.");
  // Held to the very end of this process, later than the last write, without keeping the process alive.
  lock.unref();
  if (!windows) process.on("exit", () => rmSync(path, { force: true }));
}

async function waitForPort(port) {
  const probe = createServer();
  await listen(probe, { port, host: "127.0.0.1" }, `Port ${port} is in use. Stop what uses it, or choose another.`);
  await new Promise((resolve) => probe.close(resolve));
}

async function start() {
  if (options.location !== undefined) await lockDirectory(options.location);
  const port = Number(options.port);
  if (port !== 0) await waitForPort(port);

  azurite("common/Telemetry").AzuriteTelemetryClient.init("", false);
  const { default: TableConfiguration } = azurite("table/TableConfiguration");
  const { default: TableServer } = azurite("table/TableServer");
  const configuration = new TableConfiguration("127.0.0.1", port);
  configuration.enableAccessLog = false;
  configuration.skipApiVersionCheck = true;
  configuration.isMemoryPersistence = options.location === undefined;
  if (options.location !== undefined) configuration.metadataDBPath = join(options.location, "tables.json");
  const server = new TableServer(configuration);
  await server.start();
  return server;
}

/** Requests under way are answered first, because what is answered must be saved. */
async function stop(server) {
  const { httpServer } = server;
  const idle = new Promise((resolve) => httpServer.stop(resolve));
  await Promise.race([idle, delay(closeWaitMax, undefined, { ref: false })]);
  await server.close();
  httpServer.closeAllConnections();
  // No process.exit: an autosave may still be writing, and the process ends by itself when it has.
}

try {
  const server = await start();
  process.stdout.write(`listening ${new URL(server.getHttpServerAddress()).port}\n`);
  await parentGone;
  await stop(server);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
  process.stdin.destroy();
}
