// The realtime server: carries what the framework publishes on the Redis channel "events" to the browsers that may see it.
"use strict";

const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { Server } = require("socket.io");
const { createClient } = require("redis");
const { isSameOrigin, siteOf, siteClient } = require("./site");
const { rooms, joinOwnRooms, handleSubscriptions } = require("./subscriptions");

const CHANNEL = "events";
// a client only sends names of documents
const MAX_MESSAGE_BYTES = 10_000;

/** Read the settings from the environment, else from common_site_config.json in the current folder (the sites folder). */
function readSettings() {
	const { env } = process;
	const file = path.resolve("common_site_config.json");
	const config = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
	return {
		host: env.KEFU_SOCKETIO_HOST || "127.0.0.1",
		port: Number(env.KEFU_SOCKETIO_PORT || config.socketio_port || 9000),
		redis: env.KEFU_REDIS_QUEUE || config.redis_queue || "redis://127.0.0.1:11311",
		backend: env.KEFU_BACKEND || `http://127.0.0.1:${config.webserver_port || 8000}`,
		defaultSite: env.KEFU_SITE || config.default_site || null,
	};
}

function createServer(settings) {
	const io = new Server({
		serveClient: false,
		maxHttpBufferSize: MAX_MESSAGE_BYTES,
		// only matters when the desk uses another port of the same host; other origins are refused before
		cors: { origin: true, credentials: true },
		allowRequest: (request, answer) => answer(null, isSameOrigin(request.headers)),
		cleanupEmptyChildNamespaces: true,
	});
	const sites = io.of(/^\/.+$/);

	sites.use(async (socket, next) => {
		const { headers, address } = socket.handshake;
		const site = siteOf(headers, settings.defaultSite);
		if (socket.nsp.name !== `/${site}`) return next(new Error("Invalid namespace"));
		const ask = siteClient(settings.backend, site, headers, address);
		try {
			const info = await ask("frappe.realtime.get_user_info");
			if (!info?.user) return next(new Error("Unauthorized"));
			socket.data = { user: info.user, isDeskUser: info.user_type === "System User", ask };
			next();
		} catch (error) {
			console.error(`realtime: ${site} does not answer: ${error.message}`);
			next(new Error("The site does not answer"));
		}
	});
	const namespaces = new Map();
	sites.on("connection", (socket) => {
		namespaces.set(socket.nsp.name, socket.nsp);
		joinOwnRooms(socket);
		handleSubscriptions(socket);
	});
	return { io, namespaces };
}

/** Send one published message on. Without a room it is for the desk users of every site (build events). */
function deliver(namespaces, text) {
	let event;
	try {
		event = JSON.parse(text);
	} catch {
		console.error("realtime: a message on the channel is not JSON");
		return;
	}
	const receivers = event.namespace ? [namespaces.get(`/${event.namespace}`)] : [...namespaces.values()];
	for (const namespace of receivers.filter(Boolean)) {
		namespace.to(event.room || rooms.site).emit(event.event, event.message);
	}
}

/** Subscribe to the channel; the client reconnects and subscribes again by itself when Redis restarts. */
async function subscribe(settings, onMessage) {
	const client = createClient({
		url: settings.redis,
		pingInterval: 30_000, // notices a half-open connection
		socket: { reconnectStrategy: (attempts) => Math.min(100 * 2 ** attempts, 3000) },
	});
	let isDown = false;
	client.on("error", (error) => {
		if (!isDown) console.error(`realtime: Redis: ${error.message || error.code}; trying again`);
		isDown = true;
	});
	client.on("ready", () => {
		console.log("realtime: connected to Redis");
		isDown = false;
	});
	await client.connect();
	await client.subscribe(CHANNEL, onMessage);
	return client;
}

async function main() {
	const settings = readSettings();
	const { io, namespaces } = createServer(settings);
	const server = http.createServer((request, response) => response.writeHead(404).end());
	io.attach(server);
	server.on("error", (error) => {
		console.error(`realtime: cannot listen on ${settings.host}:${settings.port}: ${error.message}`);
		process.exit(1);
	});
	server.listen(settings.port, settings.host, () => {
		console.log(`realtime: listening on ${settings.host}:${settings.port}`);
	});
	for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(0));
	await subscribe(settings, (text) => deliver(namespaces, text));
}

main();
