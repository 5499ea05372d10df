/* global kefu */
// The front desk: one field, one page about people and homes, every action from here, without a mouse.
frappe.pages["front-desk"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Front Desk"), single_column: true });
	wrapper.desk = new FrontDesk(page);
};

frappe.pages["front-desk"].on_page_show = (wrapper) => wrapper.desk.show();

const SERVER = "kefu_property.service_desk.front_desk.";

class FrontDesk {
	constructor(page) {
		this.rows = [];
		this.chosen = 0;
		this.asked = 0;
		this.body = $('<div class="kefu-desk"></div>').appendTo(page.main);
		const bar = $('<div class="kefu-desk-search"></div>').appendTo(this.body);
		this.input = $('<input type="search" class="form-control input-lg" autocomplete="off">')
			.attr({ placeholder: __("Phone, plate, home or name"), "aria-label": __("Phone, plate, home or name") })
			.appendTo(bar);
		this.list = $('<ul class="kefu-desk-list" role="listbox"></ul>').appendTo(bar);
		this.hint = $('<p class="text-muted kefu-desk-hint"></p>')
			.text(__("↑ ↓ choose · Enter open · Alt+R repair · Alt+C complaint · Alt+E enquiry · Esc back to search"))
			.appendTo(this.body);
		this.view = $('<div class="kefu-desk-view"></div>').appendTo(this.body);
		this.input.on(
			"input",
			frappe.utils.debounce(() => this.search(), 120)
		);
		this.input.on("keydown", (event) => this.key(event));
		this.body.on("keydown", (event) => this.shortcut(event));
	}

	show() {
		const row = frappe.route_options;
		frappe.route_options = null;
		if (row && (row.resident || row.unit)) this.open(row);
		else this.focus();
	}

	focus() {
		this.input.trigger("focus").trigger("select");
	}

	async search() {
		const text = this.input.val().trim();
		const asked = ++this.asked;
		const rows = text ? await frappe.xcall(SERVER + "search", { text }) : [];
		// an answer that was overtaken by a later one is not shown
		if (asked !== this.asked) return;
		this.rows = rows;
		this.chosen = 0;
		this.draw_list(text);
	}

	draw_list(text) {
		this.list.empty();
		if (text && !this.rows.length) {
			$('<li class="text-muted"></li>')
				.text(__("Nobody found. Enter a case with the caller's name and phone."))
				.appendTo(this.list);
			this.view.empty();
			this.actions({}).appendTo(this.view);
		}
		this.rows.forEach((row, index) => {
			const item = $('<li role="option"></li>')
				.toggleClass("chosen", index === this.chosen)
				.attr("aria-selected", index === this.chosen)
				.on("click", () => this.open(row))
				.appendTo(this.list);
			$("<strong></strong>")
				.text(row.resident_name || __("Nobody registered"))
				.appendTo(item);
			$("<span></span>")
				.text([row.unit, row.relation && __(row.relation)].filter(Boolean).join(" · "))
				.appendTo(item);
			$('<span class="text-muted"></span>')
				.text(row.phone_masked || "")
				.appendTo(item);
		});
	}

	key(event) {
		const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (move && this.rows.length) {
			event.preventDefault();
			this.chosen = (this.chosen + move + this.rows.length) % this.rows.length;
			this.draw_list(this.input.val());
		} else if (event.key === "Enter" && this.rows.length) {
			event.preventDefault();
			this.open(this.rows[this.chosen]);
		}
	}

	shortcut(event) {
		if (event.key === "Escape") {
			event.preventDefault();
			this.focus();
			return;
		}
		if (!event.altKey) return;
		const found = kefu.cases.kinds().find((entry) => event.code === `Key${entry[2].toUpperCase()}`);
		if (found) {
			event.preventDefault();
			this.start(found[0]);
		}
	}

	async open(row) {
		this.list.empty();
		this.data = await frappe.xcall(SERVER + "overview", { resident: row.resident || null, unit: row.unit || null });
		this.draw();
		this.view.find("button").first().trigger("focus");
	}

	start(doctype) {
		const data = this.data || {};
		const values = { project: data.project, unit: data.unit, resident: data.resident, source: "Phone" };
		frappe.new_doc(doctype, Object.fromEntries(Object.entries(values).filter(([, value]) => value)));
	}

	actions() {
		const bar = $('<div class="kefu-desk-actions"></div>');
		for (const [doctype, label, letter] of kefu.cases.kinds()) {
			$('<button type="button" class="btn btn-primary btn-sm"></button>')
				.text(`${label} (Alt+${letter.toUpperCase()})`)
				.on("click", () => this.start(doctype))
				.appendTo(bar);
		}
		return bar;
	}

	draw() {
		const { people, homes, sections } = this.data;
		this.view.empty();
		this.actions().appendTo(this.view);
		const grid = $('<div class="kefu-desk-grid"></div>').appendTo(this.view);
		this.card(grid, {
			key: "people",
			title: __("People"),
			items: people.map((row) => ({
				title: [row.resident_name, row.phone_masked].filter(Boolean).join(" "),
				text: [...row.roles, row.remarks].filter(Boolean).join(" · "),
				route: ["Form", "Resident", row.name],
			})),
		});
		this.card(grid, {
			key: "homes",
			title: __("Homes"),
			items: homes.map((row) => ({
				title: row.name,
				text: [
					row.unit_type_label,
					row.state_label,
					row.building_area && `${row.building_area} m²`,
					row.remarks,
				]
					.filter(Boolean)
					.join(" · "),
				route: ["Form", "Property Unit", row.name],
			})),
		});
		sections.forEach((section) => this.card(grid, section));
	}

	card(grid, section) {
		const card = $('<section class="kefu-desk-card"></section>').attr("data-key", section.key).appendTo(grid);
		$("<h5></h5>")
			.text(`${section.title} ${section.items.length || ""}`)
			.appendTo(card);
		for (const item of section.items) {
			const row = $('<a class="kefu-desk-item"></a>')
				.attr(
					"href",
					item.route ? `/app/${frappe.router.slug(item.route[1])}/${encodeURIComponent(item.route[2])}` : null
				)
				.appendTo(card);
			$("<span></span>")
				.addClass(item.indicator ? `indicator ${item.indicator}` : "")
				.text(item.title)
				.appendTo(row);
			$('<small class="text-muted"></small>')
				.text(item.text || "")
				.appendTo(row);
		}
		if (!section.items.length) $('<small class="text-muted"></small>').text(__("None")).appendTo(card);
		for (const action of section.actions || []) {
			$('<button type="button" class="btn btn-xs btn-default"></button>')
				.text(action.label)
				.on("click", () => frappe.new_doc(action.doctype, action.values))
				.appendTo(card);
		}
	}
}
