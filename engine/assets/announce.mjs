// Tells running instances of a new build: the framework caches assets.json in Redis, and an open desk shows build events.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const CONNECT_TIMEOUT_MS = 500;

function configurations(bench) {
	const instances = path.join(bench, "var");
	const names = fs.existsSync(instances) ? fs.readdirSync(instances) : [];
	const folders = [path.join(bench, "sites"), ...names.map((name) => path.join(instances, name, "sites"))];
	return folders
		.map((folder) => path.join(folder, "common_site_config.json"))
		.filter((file) => fs.existsSync(file))
		.map((file) => JSON.parse(fs.readFileSync(file, "utf8")));
}

async function withRedis(createClient, url, work) {
	const client = createClient({ url, socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false } });
	client.on("error", () => {});
	try {
		await client.connect();
	} catch {
		return; // the instance is not running: it reads the new names when it starts
	}
	await work(client);
	await client.quit();
}

/** Drop the cached names in every instance's Redis and, with an event given, show it in its open desks. */
export async function announce(bench, event) {
	const { createClient } = createRequire(path.join(bench, "apps", "frappe", "package.json"))("redis");
	const configs = configurations(bench);
	const urls = (key) => [...new Set(configs.map((config) => config[key]).filter(Boolean))];
	await Promise.all(
		urls("redis_cache").map((url) => withRedis(createClient, url, (redis) => redis.del("assets_json")))
	);
	if (!event) return;
	const message = JSON.stringify({ event: "build_event", message: event });
	await Promise.all(
		urls("redis_queue").map((url) => withRedis(createClient, url, (redis) => redis.publish("events", message)))
	);
}
