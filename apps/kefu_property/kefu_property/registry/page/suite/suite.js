// The suite's shop window: what each module does, and its switch.
frappe.pages["suite"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Modules"), single_column: true });
	page.search = page.add_field({
		fieldname: "search",
		fieldtype: "Data",
		placeholder: __("Search by name, text or duty"),
		change: () => draw(page),
	});
	page.search.$input.on("input", () => draw(page));
	page.body = $('<div class="kefu-suite"></div>').appendTo(page.main);
};

frappe.pages["suite"].on_page_show = (wrapper) => load(wrapper.page);

async function load(page) {
	page.data = await frappe.xcall("kefu_property.registry.page.suite.suite.get_modules");
	draw(page);
}

function draw(page) {
	if (!page.data) return;
	const text = (page.search.get_value() || "").trim().toLowerCase();
	const shown = page.data.modules.filter((m) =>
		[m.title, m.summary, m.category, ...m.duties].join(" ").toLowerCase().includes(text)
	);
	page.body.empty();
	if (!shown.length) {
		$('<p class="text-muted kefu-suite-empty"></p>').text(__("No module matches.")).appendTo(page.body);
	}
	for (const category of [...new Set(shown.map((m) => m.category))]) {
		$('<h5 class="kefu-suite-category"></h5>').text(category).appendTo(page.body);
		const grid = $('<div class="kefu-suite-grid"></div>').appendTo(page.body);
		shown.filter((m) => m.category === category).forEach((m) => grid.append(card(page, m)));
	}
}

function card(page, module) {
	const element = $('<div class="kefu-suite-card"></div>').attr("data-module", module.key);
	const head = $('<div class="kefu-suite-head"></div>').appendTo(element);
	$("<strong></strong>").text(module.title).appendTo(head);
	$('<span class="indicator-pill"></span>')
		.addClass(module.in_preparation ? "orange" : module.enabled ? "green" : "gray")
		.text(module.in_preparation ? __("In Preparation") : module.enabled ? __("Enabled") : __("Disabled"))
		.appendTo(head);
	$("<p></p>").text(module.summary).appendTo(element);
	const facts = $('<div class="kefu-suite-facts text-muted"></div>').appendTo(element);
	if (module.duties.length) {
		$("<span></span>")
			.text(__("Duties: {0}", [module.duties.join(" ")]))
			.appendTo(facts);
	}
	if (module.depends.length) {
		$("<span></span>")
			.text(__("Needs: {0}", [module.depends.join(", ")]))
			.appendTo(facts);
	}
	const actions = $('<div class="kefu-suite-actions"></div>').appendTo(element);
	if (module.enabled && module.workspace) {
		$('<button class="btn btn-xs btn-default"></button>')
			.text(__("Open"))
			.on("click", () => frappe.set_route(frappe.router.slug(module.workspace)))
			.appendTo(actions);
	}
	if (page.data.may_switch && !module.foundation && !module.in_preparation) {
		$('<button class="btn btn-xs btn-default kefu-suite-switch"></button>')
			.text(module.enabled ? __("Disable") : __("Enable"))
			.on("click", () => confirm_switch(page, module))
			.appendTo(actions);
	}
	return element;
}

function confirm_switch(page, module) {
	const others = module.enabled ? module.dependents : module.missing;
	const question = module.enabled
		? __("Disable {0}? Its pages, lists, reports, portal entries and jobs disappear; its data stays.", [
				module.title,
			])
		: __("Enable {0}?", [module.title]);
	const also = others.length
		? "<br><br>" +
			(module.enabled
				? __("These modules need it and are disabled, too:")
				: __("These modules are enabled, too:")) +
			" " +
			frappe.utils.escape_html(others.join(", "))
		: "";
	frappe.confirm(frappe.utils.escape_html(question) + also, async () => {
		await frappe.xcall("kefu_property.registry.page.suite.suite.switch", {
			module: module.key,
			on: module.enabled ? 0 : 1,
		});
		frappe.show_alert({ message: __("Saved. The page is loaded again."), indicator: "green" });
		setTimeout(() => frappe.ui.toolbar.clear_cache(), 600);
	});
}
