// The bench's asset builder.
//
//   node build.mjs [--production] [--watch] [--live-reload] [--apps a,b] [--files app/name.bundle.js,...] [--skip_frappe]
//
// Every apps/<app>/<app>/public/**/*.bundle.{js,ts,css,scss} becomes sites/assets/<app>/dist/{js,css,css-rtl}/<name>.bundle.<hash>.{js,css};
// sites/assets/assets.json and assets-rtl.json name the current files. Other flags are ignored: the framework passes some of its own.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { hash, plugins } from "./plugins.mjs";
import { announce } from "./announce.mjs";

const BENCH = benchOf(path.dirname(fileURLToPath(import.meta.url)));
const APPS_DIR = path.join(BENCH, "apps");
const ASSETS = path.join(BENCH, "sites", "assets");
const FRAMEWORK = path.join(APPS_DIR, "frappe");
const require = createRequire(path.join(FRAMEWORK, "package.json"));
const esbuild = require("esbuild");
const postcss = require("postcss");
const autoprefixer = require("autoprefixer");
const rtlcss = require("rtlcss");

const PRODUCTION = process.argv.includes("--production");
const WATCH = process.argv.includes("--watch");
const MANIFESTS = { ltr: path.join(ASSETS, "assets.json"), rtl: path.join(ASSETS, "assets-rtl.json") };
// An open browser tab asks for bundles by the names it learnt when it was loaded: they stay for a day after they were replaced.
const KEEP_REPLACED_MS = (WATCH ? 1 : 24 * 60) * 60_000;
// Below this size the HTTP header outweighs what compression saves.
const COMPRESS_FROM_BYTES = 1024;

function benchOf(dir) {
	while (!(fs.existsSync(path.join(dir, "apps")) && fs.existsSync(path.join(dir, "sites")))) {
		if (dir === path.dirname(dir))
			throw new Error("build.mjs must lie inside a bench, a folder with apps/ and sites/");
		dir = path.dirname(dir);
	}
	return dir;
}

function option(name) {
	const at = process.argv.indexOf("--" + name);
	return at < 0 ? [] : process.argv[at + 1].split(",");
}

function chosenApps(all) {
	const named = [...option("apps"), ...option("files").map((file) => file.split("/")[0])];
	const unknown = named.filter((app) => !fs.existsSync(path.join(APPS_DIR, app)));
	if (unknown.length) throw new Error(`no such app in apps/: ${unknown.join(", ")}`);
	const chosen = named.length ? [...new Set(named)] : all;
	return process.argv.includes("--skip_frappe") ? chosen.filter((app) => app !== "frappe") : chosen;
}

const publicDir = (app) => path.join(APPS_DIR, app, app, "public");

function bundlesOf(app) {
	const skipped = new Set(["node_modules", "dist"]);
	const walk = (dir) =>
		fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
			const file = path.join(dir, entry.name);
			if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(file);
			return /\.bundle\.(js|ts|css|scss)$/.test(entry.name) ? [file] : [];
		});
	return fs.existsSync(publicDir(app)) ? walk(publicDir(app)).sort() : [];
}

/** Write so that a reader sees the old content or the new one, never a part. */
function writeWhole(file, content) {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	const temporary = `${file}.${process.pid}.tmp`;
	fs.writeFileSync(temporary, content);
	fs.renameSync(temporary, file);
}

function symlink(target, at) {
	const present = fs.lstatSync(at, { throwIfNoEntry: false });
	if (!fs.existsSync(target) || (present && !present.isSymbolicLink())) return;
	if (present && fs.readlinkSync(at) === target) return;
	fs.mkdirSync(path.dirname(at), { recursive: true });
	const temporary = `${at}.${process.pid}.tmp`;
	fs.symlinkSync(target, temporary);
	fs.renameSync(temporary, at);
}

function linkApp(app) {
	symlink(publicDir(app), path.join(ASSETS, app));
	if (fs.existsSync(path.join(ASSETS, app))) {
		// /assets/<app>/node_modules/... is an address that the framework uses for large, rarely loaded packages
		symlink(path.join(APPS_DIR, app, "node_modules"), path.join(ASSETS, app, "node_modules"));
	}
}

function store(app, file, content) {
	const target = path.join(ASSETS, app, "dist", file);
	const now = new Date();
	if (fs.existsSync(target)) fs.utimesSync(target, now, now);
	else writeWhole(target, content);
	if (
		PRODUCTION &&
		content.length >= COMPRESS_FROM_BYTES &&
		/\.(js|css|svg)$/.test(file) &&
		!fs.existsSync(target + ".gz")
	) {
		writeWhole(target + ".gz", zlib.gzipSync(content, { level: 9 }));
	}
	return `/assets/${app}/dist/${file}`;
}

/** Store esbuild's output under hashed names; return { ltr: {bundle: URL}, rtl: {...} }. */
async function storeOutput(app, outputFiles) {
	const maps = new Map(outputFiles.filter((out) => out.path.endsWith(".map")).map((out) => [out.path, out.text]));
	const names = { ltr: {}, rtl: {} };
	for (const out of outputFiles) {
		const name = path.basename(out.path);
		const bundle = name.replace(/\.(js|css)$/, "");
		if (path.basename(path.dirname(out.path)) === "media") {
			store(app, `media/${name}`, out.contents);
		} else if (name.endsWith(".js")) {
			let code = out.text;
			const stem = `js/${bundle}.${hash(code)}.js`;
			if (maps.has(out.path + ".map")) {
				code = code.replace(
					/\/\/# sourceMappingURL=.*\s*$/,
					`//# sourceMappingURL=${path.basename(stem)}.map\n`
				);
				store(app, `${stem}.map`, maps.get(out.path + ".map"));
			}
			names.ltr[name] = store(app, stem, code);
		} else if (name.endsWith(".css")) {
			const { css } = await postcss([autoprefixer]).process(out.text, { from: undefined });
			const mirrored = rtlcss.process(css);
			names.ltr[name] = store(app, `css/${bundle}.${hash(css)}.css`, css);
			names.rtl[`rtl_${name}`] = store(app, `css-rtl/${bundle}.${hash(mirrored)}.css`, mirrored);
		}
	}
	return names;
}

function buildOptions(app, entryPoints, nodePaths) {
	const mode = PRODUCTION ? "production" : "development";
	const fileTypes = ["woff", "woff2", "ttf", "otf", "eot", "svg", "png", "gif", "jpg"];
	return {
		entryPoints,
		bundle: true,
		write: false,
		outdir: path.join(publicDir(app), "dist"),
		entryNames: "[name]",
		assetNames: "media/[name]-[hash]",
		publicPath: `/assets/${app}/dist`,
		absWorkingDir: FRAMEWORK,
		nodePaths,
		minify: PRODUCTION,
		sourcemap: PRODUCTION ? false : "linked",
		target: ["es2019"],
		logLevel: "error",
		loader: Object.fromEntries(fileTypes.map((type) => ["." + type, "file"])),
		define: {
			"process.env.NODE_ENV": JSON.stringify(mode),
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
		},
		plugins: plugins({ frameworkDir: FRAMEWORK, appsDir: APPS_DIR, nodePaths }),
	};
}

function readManifest(kind) {
	const file = MANIFESTS[kind];
	return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
}

/** Put the new names of `built` ({app: {ltr, rtl}}) in place of the apps' old ones. Every file named is already there. */
function publish(built, apps) {
	for (const kind of ["rtl", "ltr"]) {
		const manifest = readManifest(kind);
		const isRebuilt = (url) => apps.some((app) => url.startsWith(`/assets/${app}/`));
		const kept = Object.entries(manifest).filter(([, url]) => !isRebuilt(url));
		const merged = Object.assign(Object.fromEntries(kept), ...Object.values(built).map((names) => names[kind]));
		const changed = JSON.stringify(merged) !== JSON.stringify(manifest);
		if (changed || !fs.existsSync(MANIFESTS[kind]))
			writeWhole(MANIFESTS[kind], JSON.stringify(merged, null, 2) + "\n");
	}
}

function removeReplaced(app) {
	const dist = path.join(ASSETS, app, "dist");
	const current = new Set([...Object.values(readManifest("ltr")), ...Object.values(readManifest("rtl"))]);
	for (const folder of ["js", "css", "css-rtl", "media"]) {
		const dir = path.join(dist, folder);
		for (const name of fs.existsSync(dir) ? fs.readdirSync(dir) : []) {
			const file = path.join(dir, name);
			const isCurrent = current.has(`/assets/${app}/dist/${folder}/${name.replace(/\.(gz|map)$/, "")}`);
			const { mtimeMs } = fs.statSync(file);
			// images carry no entry in the manifest: each build renews the time of those it uses
			if (!isCurrent && Date.now() - mtimeMs > KEEP_REPLACED_MS && !(folder === "media" && WATCH))
				fs.rmSync(file);
		}
	}
}

/** Return one esbuild job per app and kind of source; `done(names, errors)` is called after each of its builds. */
async function openJobs(apps, nodePaths, done) {
	const jobs = [];
	for (const app of apps) {
		const bundles = bundlesOf(app);
		const scripts = bundles.filter((file) => /\.(js|ts)$/.test(file));
		const styles = bundles.filter((file) => /css$/.test(file));
		for (const entryPoints of [scripts, styles].filter((list) => list.length)) {
			const options = buildOptions(app, entryPoints, nodePaths);
			const job = { app, names: { ltr: {}, rtl: {} } };
			options.plugins.push({
				name: "store",
				setup(build) {
					build.onEnd(async (result) => {
						if (!result.errors.length) job.names = await storeOutput(app, result.outputFiles);
						await done(job, result.errors);
					});
				},
			});
			job.context = await esbuild.context(options);
			jobs.push(job);
		}
	}
	return jobs;
}

function namesByApp(jobs) {
	const built = {};
	for (const { app, names } of jobs) {
		built[app] ??= { ltr: {}, rtl: {} };
		for (const kind of ["ltr", "rtl"]) {
			const twice = Object.keys(names[kind]).filter((name) => name in built[app][kind]);
			if (twice.length) throw new Error(`two sources of ${app} give the same bundle: ${twice.join(", ")}`);
			Object.assign(built[app][kind], names[kind]);
		}
	}
	return built;
}

async function main() {
	const all = fs
		.readFileSync(path.join(BENCH, "sites", "apps.txt"), "utf8")
		.split(/\s+/)
		.filter(Boolean);
	const apps = chosenApps(all);
	const nodePaths = all.flatMap((app) => [path.join(APPS_DIR, app, "node_modules"), path.join(APPS_DIR, app)]);
	apps.forEach(linkApp);

	const started = Date.now();
	let watching = false;
	const jobs = await openJobs(apps, nodePaths, async (job, errors) => {
		if (!watching) return;
		if (!errors.length) publish(namesByApp(jobs), apps);
		console.log(
			`${new Date().toLocaleTimeString()} ${job.app}: ${errors.length ? `${errors.length} errors` : "rebuilt"}`
		);
		const changed = Object.values(job.names.ltr);
		await announce(BENCH, await buildEvent(errors, changed));
	});
	for (const job of jobs) await job.context.rebuild();
	publish(namesByApp(jobs), apps);
	apps.forEach(removeReplaced);
	await announce(BENCH);
	const { ltr, rtl } = { ltr: readManifest("ltr"), rtl: readManifest("rtl") };
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	console.log(
		`built ${apps.join(", ")}: ${Object.keys(ltr).length} bundles, ${Object.keys(rtl).length} for right-to-left, ${seconds} s`
	);

	if (!WATCH) {
		await Promise.all(jobs.map((job) => job.context.dispose()));
		return;
	}
	watching = true;
	for (const job of jobs) await job.context.watch();
	console.log("watching; a new *.bundle.* file is seen after a restart");
}

async function buildEvent(errors, changedFiles) {
	if (!errors.length) {
		return { success: true, changed_files: changedFiles, live_reload: process.argv.includes("--live-reload") };
	}
	return { error: { errors }, formatted: await esbuild.formatMessages(errors, { kind: "error" }), stack: "" };
}

main().catch((error) => {
	// esbuild has already printed its own errors
	if (!error.errors) console.error(`build failed: ${error.message}`);
	process.exit(1);
});
