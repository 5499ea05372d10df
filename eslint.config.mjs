// Rules for our own JavaScript: the app's desk and portal files, the bench's node programs, browser tests.
import js from "@eslint/js";
import globals from "globals";

import kefu from "./tools/lint/eslint-rules.mjs";

// What the framework puts into the desk's and the portal's global scope.
const frappeGlobals = Object.fromEntries(
	[
		"__",
		"$",
		"jQuery",
		"frappe",
		"cur_frm",
		"cur_list",
		"cur_dialog",
		"cur_page",
		"locals",
		"cint",
		"cstr",
		"flt",
		"format_currency",
		"get_currency_symbol",
		"in_list",
		"is_null",
		"moment",
		"validate_email",
		"validate_phone",
	].map((name) => [name, "readonly"])
);

export default [
	{
		ignores: [
			"apps/frappe/",
			"env/",
			"var/",
			"sites/",
			"logs/",
			"config/",
			"**/node_modules/",
			"**/dist/",
			"**/*.min.js",
			"**/public/vendor/",
			"tests/output/",
		],
	},
	js.configs.recommended,
	{
		linterOptions: { reportUnusedDisableDirectives: "error" },
		rules: {
			eqeqeq: ["error", "always", { null: "ignore" }],
			"no-alert": "error",
			"no-console": "error",
			"no-eval": "error",
			"no-implied-eval": "error",
			"no-new-func": "error",
			"no-shadow": "error",
			"no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
			"no-var": "error",
			"object-shorthand": "error",
			"prefer-const": "error",
			"prefer-template": "off",
		},
	},
	{
		files: ["apps/kefu_property/**/*.js"],
		languageOptions: {
			ecmaVersion: 2022,
			sourceType: "module",
			globals: { ...globals.browser, ...frappeGlobals },
		},
		plugins: { kefu },
		rules: {
			"kefu/constant-translation": "error",
			"kefu/safe-html": "error",
			"kefu/translated-label": "error",
		},
	},
	{
		files: ["engine/**/*.{js,mjs}", "tools/**/*.{js,mjs}", "*.mjs"],
		languageOptions: {
			ecmaVersion: 2022,
			sourceType: "module",
			globals: globals.node,
		},
		// a program's way to speak is the console
		rules: { "no-console": "off" },
	},
	{
		files: ["tests/**/*.{js,mjs,cjs}"],
		languageOptions: {
			ecmaVersion: 2022,
			sourceType: "module",
			globals: { ...globals.node, ...globals.browser, ...frappeGlobals },
		},
		rules: { "no-console": "off" },
	},
];
