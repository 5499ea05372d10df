// What esbuild does not know by itself: SCSS, Vue components, the framework's HTML templates and its ways of naming files.
import fs from "node:fs";
import path from "node:path";
import crypto from "node:crypto";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

export function hash(text) {
	return crypto.createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
}

/**
 * Return the plugins for one build.
 * `frameworkDir`: apps/frappe, whose node_modules hold the tools; `appsDir`: apps; `nodePaths`: folders searched for packages and for `app/public/...`.
 */
export function plugins({ frameworkDir, appsDir, nodePaths }) {
	const require = createRequire(path.join(frameworkDir, "package.json"));
	const esbuild = require("esbuild");
	const sass = require("sass");
	const sfc = require("@vue/compiler-sfc");

	const scssOptions = {
		// '~package/file' and 'frappe/public/...' as the framework's and other apps' style sheets write them
		importers: [
			{
				findFileUrl(url) {
					const file = url.replace(/^~/, "");
					const base = nodePaths.find((dir) => fs.existsSync(path.dirname(path.join(dir, file))));
					return base ? pathToFileURL(path.join(base, file)) : null;
				},
			},
		],
		quietDeps: true,
		logger: sass.Logger.silent,
	};

	const paths = {
		name: "paths",
		setup(build) {
			// '~package' is this notation's word for node_modules
			build.onResolve({ filter: /^~/ }, (args) =>
				build.resolve(args.path.slice(1), {
					kind: args.kind,
					resolveDir: frameworkDir,
					importer: args.importer,
				})
			);
			// what the web server serves stays a URL
			build.onResolve({ filter: /^(\/?assets\/|https?:|data:)/ }, (args) =>
				args.kind === "entry-point" ? null : { path: args.path, external: true }
			);
			// so does a url(...) in CSS that names no file: the framework has a few
			build.onResolve({ filter: /.*/ }, (args) => {
				if (args.kind !== "url-token") return null;
				const file = path.resolve(args.resolveDir, args.path.split(/[?#]/)[0]);
				return fs.existsSync(file) ? null : { path: args.path, external: true };
			});
		},
	};

	const html = {
		name: "html",
		setup(build) {
			build.onLoad({ filter: /\.html$/ }, (args) => {
				const name = path.basename(args.path, ".html");
				const text = fs
					.readFileSync(args.path, "utf8")
					.replace(/<!--[\s\S]*?-->/g, "")
					.replace(/\s+/g, " ");
				return {
					contents: `frappe.templates[${JSON.stringify(name)}] = ${JSON.stringify(text)};`,
					loader: "js",
				};
			});
		},
	};

	const scss = {
		name: "scss",
		setup(build) {
			build.onLoad({ filter: /\.scss$/ }, (args) => {
				const loadPaths = [path.dirname(args.path), ...nodePaths];
				const result = sass.compile(args.path, { ...scssOptions, loadPaths });
				return {
					contents: result.css,
					loader: "css",
					resolveDir: path.dirname(args.path),
					watchFiles: result.loadedUrls.map((url) => fileURLToPath(url)),
				};
			});
		},
	};

	/** Return the CSS of a component's style blocks, with @import of packages' plain CSS put in place. */
	async function componentStyle(descriptor, file, id) {
		let css = "";
		for (const style of descriptor.styles) {
			const loadPaths = [path.dirname(file)];
			const source =
				style.lang === "scss"
					? sass.compileString(style.content, { ...scssOptions, url: pathToFileURL(file), loadPaths }).css
					: style.content;
			const result = await sfc.compileStyleAsync({ source, id, scoped: style.scoped, filename: file });
			if (result.errors.length) throw result.errors[0];
			css += result.code;
		}
		if (!/@import/.test(css)) return css;
		const inlined = await esbuild.build({
			stdin: { contents: css, loader: "css", resolveDir: path.dirname(file) },
			bundle: true,
			write: false,
			nodePaths,
			logLevel: "error",
			plugins: [paths],
		});
		return inlined.outputFiles[0].text;
	}

	const vue = {
		name: "vue",
		setup(build) {
			build.onLoad({ filter: /\.vue$/ }, async (args) => {
				const source = fs.readFileSync(args.path, "utf8");
				const id = "data-v-" + hash(path.relative(appsDir, args.path)).toLowerCase();
				const { descriptor, errors } = sfc.parse(source, { filename: args.path });
				if (errors.length) return { errors: errors.map((error) => ({ text: error.message })) };
				const scoped = descriptor.styles.some((style) => style.scoped);
				const isTypeScript = [descriptor.script, descriptor.scriptSetup].some((block) => block?.lang === "ts");

				let code;
				if (descriptor.scriptSetup) {
					const script = sfc.compileScript(descriptor, {
						id,
						inlineTemplate: true,
						genDefaultAs: "component",
						templateOptions: { scoped },
					});
					code = script.content;
				} else {
					const template = sfc.compileTemplate({
						id,
						source: descriptor.template.content,
						filename: args.path,
						scoped,
					});
					code = descriptor.script
						? sfc.rewriteDefault(descriptor.script.content, "component", isTypeScript ? ["typescript"] : [])
						: "const component = {};";
					code += `\n${template.code}\ncomponent.render = render;`;
				}
				if (scoped) code += `\ncomponent.__scopeId = ${JSON.stringify(id)};`;
				const css = await componentStyle(descriptor, args.path, id);
				if (css) {
					// the style comes with the script, so a bundle that is loaded later needs no second request
					code += `
{
	const style = document.createElement("style");
	style.textContent = ${JSON.stringify(css)};
	document.head.appendChild(style);
}`;
				}
				return {
					contents: code + "\nexport default component;",
					loader: isTypeScript ? "ts" : "js",
					resolveDir: path.dirname(args.path),
				};
			});
		},
	};

	return [paths, html, vue, scss];
}
