// A browser's part in the realtime tests: connects, does what stdin says, reports what arrives. One JSON value per line both ways.
//   realtime_client.cjs URL '{"extraHeaders": {...}}'      stdin: ["event", arg, ...]
"use strict";

const readline = require("node:readline");
const { io } = require("socket.io-client");

const [url, options] = process.argv.slice(2);
const report = (...line) => console.log(JSON.stringify(line));

const socket = io(url, { reconnectionDelay: 200, reconnectionDelayMax: 500, ...JSON.parse(options || "{}") });
socket.on("connect", () => report("connected"));
socket.on("disconnect", (reason) => report("disconnected", reason));
socket.on("connect_error", (error) => report("refused", error.message));
socket.onAny((event, data) => report("event", event, data));

const input = readline.createInterface({ input: process.stdin });
input.on("line", (line) => socket.emit(...JSON.parse(line)));
input.on("close", () => process.exit(0));
