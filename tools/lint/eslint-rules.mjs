// ESLint rules of our own: the framework's pitfalls in JavaScript.

// Functions whose result may go into HTML: they escape, or they return numbers or markup of their own.
const SAFE_CALLS = new Set([
	"__",
	"escape_html",
	"xss_sanitise",
	"escapeHTML",
	"encodeURIComponent",
	"encodeURI",
	"icon",
	"render_template",
	"render",
	"get_indicator",
	"cint",
	"flt",
	"Number",
	"format_currency",
	"format_number",
	"format_datetime",
	"str_to_user",
	"toFixed",
	"toString",
]);
const HTML_METHODS = new Set(["html", "append", "prepend", "before", "after", "replaceWith", "insertAdjacentHTML"]);
// Only these take markup by their name alone; the others are also methods of arrays, forms and DOM nodes.
const ONLY_WITH_MARKUP = new Set(["append", "prepend", "before", "after", "replaceWith"]);
const LABEL_KEYS = new Set([
	"label",
	"title",
	"description",
	"placeholder",
	"primary_action_label",
	"secondary_action_label",
]);

function calleeName(node) {
	if (node.type === "Identifier") return node.name;
	return node.type === "MemberExpression" && !node.computed ? node.property.name : "";
}

/** The parts of an expression that reach the HTML as they are, without a function that makes them safe. */
function unsafeParts(node) {
	switch (node.type) {
		case "Literal":
		case "ArrowFunctionExpression":
		case "FunctionExpression":
		case "UnaryExpression":
		case "UpdateExpression":
			return [];
		case "TemplateLiteral":
			return node.expressions.flatMap(unsafeParts);
		case "BinaryExpression":
			return node.operator === "+" ? [...unsafeParts(node.left), ...unsafeParts(node.right)] : [];
		case "LogicalExpression":
			return node.operator === "&&"
				? unsafeParts(node.right)
				: [...unsafeParts(node.left), ...unsafeParts(node.right)];
		case "ConditionalExpression":
			return [...unsafeParts(node.consequent), ...unsafeParts(node.alternate)];
		case "CallExpression": {
			const name = calleeName(node.callee);
			if (name === "__") return node.arguments.slice(1).flatMap(unsafeParts);
			if (SAFE_CALLS.has(name)) return [];
			// rows.map((row) => `<li>…</li>`).join("") is as safe as what the function returns
			if (["map", "join", "filter", "slice", "trim"].includes(name)) {
				const inner = name === "map" ? node.arguments.flatMap(returned).flatMap(unsafeParts) : [];
				return name === "map" ? inner : unsafeParts(node.callee.object);
			}
			return [node];
		}
		case "ArrayExpression":
			return node.elements.filter(Boolean).flatMap(unsafeParts);
		case "ObjectExpression":
			return node.properties.flatMap((item) => (item.value ? unsafeParts(item.value) : [item]));
		default:
			return [node];
	}
}

function returned(node) {
	if (!/Function/.test(node.type)) return [];
	if (node.body.type !== "BlockStatement") return [node.body];
	return node.body.body
		.filter((item) => item.type === "ReturnStatement" && item.argument)
		.map((item) => item.argument);
}

function hasMarkup(node, context) {
	return /<[a-z!/]/i.test(context.sourceCode.getText(node));
}

const safeHtml = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			unsafe: "{{ part }} goes into HTML unescaped; use frappe.utils.escape_html(), or .text() / textContent",
		},
	},
	create(context) {
		function check(node) {
			for (const part of unsafeParts(node)) {
				context.report({
					node: part,
					messageId: "unsafe",
					data: { part: context.sourceCode.getText(part).slice(0, 40) },
				});
			}
		}
		return {
			AssignmentExpression(node) {
				const name = calleeName(node.left);
				if (name === "innerHTML" || name === "outerHTML") check(node.right);
			},
			CallExpression(node) {
				const name = node.callee.type === "MemberExpression" ? calleeName(node.callee) : "";
				if (!HTML_METHODS.has(name) || !node.arguments.length) return;
				const argument = node.arguments[name === "insertAdjacentHTML" ? 1 : 0];
				if (!argument || (ONLY_WITH_MARKUP.has(name) && !hasMarkup(argument, context))) return;
				check(argument);
			},
		};
	},
};

const constantTranslation = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			dynamic: '__() needs a constant text; put the values into its second argument: __("… {0}", [value])',
		},
	},
	create(context) {
		return {
			CallExpression(node) {
				if (calleeName(node.callee) !== "__" || !node.arguments.length) return;
				const [text] = node.arguments;
				const template = text.type === "TemplateLiteral";
				const joined = text.type === "BinaryExpression" && !constantString(text);
				if (template || joined) context.report({ node: text, messageId: "dynamic" });
			},
		};
	},
};

function constantString(node) {
	if (node.type === "BinaryExpression") return constantString(node.left) && constantString(node.right);
	return node.type === "Literal" && typeof node.value === "string";
}

const translatedLabel = {
	meta: {
		type: "problem",
		schema: [],
		messages: { bare: '{{ key }} is visible to the user: __("{{ text }}")' },
	},
	create(context) {
		return {
			Property(node) {
				const key = node.key.name ?? node.key.value;
				if (!LABEL_KEYS.has(key) || node.value.type !== "Literal" || typeof node.value.value !== "string")
					return;
				if (/[A-Z]?[a-z]{2,}/.test(node.value.value) && !/^[a-z0-9_.-]+$/.test(node.value.value)) {
					context.report({ node: node.value, messageId: "bare", data: { key, text: node.value.value } });
				}
			},
		};
	},
};

export default {
	rules: {
		"safe-html": safeHtml,
		"constant-translation": constantTranslation,
		"translated-label": translatedLabel,
	},
};
