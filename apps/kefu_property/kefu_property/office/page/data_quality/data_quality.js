// What is late, missing or left open, by person and module; a click lists it (D8).
frappe.pages["data-quality"].on_page_load = (wrapper) => {
	wrapper.board = new DataQuality(wrapper);
};

frappe.pages["data-quality"].on_page_show = (wrapper) => wrapper.board && wrapper.board.load();

class DataQuality {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Data Quality"), single_column: true });
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Select",
			label: __("Project"),
			options: [{ value: "", label: __("All Projects") }],
			change: () => this.load(),
		});
		this.page.set_secondary_action(__("Refresh"), () => this.load(), "refresh");
		this.body = $('<div class="kefu-quality"></div>').appendTo(this.page.main);
	}

	async load() {
		this.data = await frappe.xcall("kefu_property.office.page.data_quality.data_quality.get_board", {
			project: this.project.get_value() || null,
		});
		if (!this.filled) {
			this.filled = true;
			this.project.df.options = [
				{ value: "", label: __("All Projects") },
				...this.data.projects.map((row) => ({ value: row.name, label: row.project_name })),
			];
			this.project.refresh();
		}
		this.draw();
	}

	rows(user, module) {
		return this.data.checks
			.filter((check) => !module || check.module === module)
			.flatMap((check) => check.rows.filter((row) => !user || row.user === user));
	}

	draw() {
		this.body.empty();
		const modules = Object.keys(this.data.modules);
		if (!modules.length) {
			$('<p class="text-muted"></p>').text(__("Nothing is late, missing or left open.")).appendTo(this.body);
			return;
		}
		const table = $('<table class="kefu-ops-table"></table>').appendTo(
			$('<div class="kefu-ops-scroll"></div>').appendTo(this.body)
		);
		const head = $("<tr></tr>").appendTo($("<thead></thead>").appendTo(table));
		$("<th></th>").text(__("Name")).appendTo(head);
		for (const key of modules) $("<th></th>").text(this.data.modules[key]).appendTo(head);
		$("<th></th>").text(__("Total")).appendTo(head);
		const body = $("<tbody></tbody>").appendTo(table);
		const users = [...new Set(this.rows().map((row) => row.user))];
		users.sort((a, b) => this.rows(b).length - this.rows(a).length);
		for (const user of users) this.line(body, this.data.people[user] || user, user, modules);
		if (users.length > 1) this.line(body, __("All"), null, modules);
		this.detail = $('<div class="kefu-quality-detail"></div>').appendTo(this.body);
		this.show(null, null);
	}

	line(body, name, user, modules) {
		const line = $("<tr></tr>").appendTo(body);
		$("<th></th>").text(name).appendTo(line);
		for (const module of [...modules, null]) {
			const count = this.rows(user, module).length;
			const cell = $("<td></td>").appendTo(line);
			if (!count) continue;
			$('<a href="#" class="indicator-pill no-indicator-dot"></a>')
				.addClass(count > 9 ? "red" : "orange")
				.text(count)
				.on("click", (event) => {
					event.preventDefault();
					this.show(user, module);
				})
				.appendTo(cell);
		}
	}

	show(user, module) {
		this.detail.empty();
		for (const check of this.data.checks) {
			const rows = check.rows.filter((row) => !user || row.user === user);
			if ((module && check.module !== module) || !rows.length) continue;
			const box = $('<details class="kefu-quality-check"></details>')
				.prop("open", Boolean(user || module))
				.appendTo(this.detail);
			$("<summary></summary>")
				.text(`${this.data.modules[check.module]} · ${check.label} (${rows.length})`)
				.appendTo(box);
			for (const row of rows) {
				const entry = $('<a class="kefu-quality-row"></a>')
					.attr("href", `/app/${frappe.router.slug(row.doctype)}/${encodeURIComponent(row.name)}`)
					.appendTo(box);
				$("<span></span>").text(row.title).appendTo(entry);
				$('<span class="text-muted"></span>')
					.text(`${__(row.doctype)} · ${this.data.people[row.user] || row.user}`)
					.appendTo(entry);
				$('<span class="text-muted"></span>')
					.text(row.since ? frappe.datetime.str_to_user(String(row.since).slice(0, 10)) : "")
					.appendTo(entry);
			}
		}
	}
}
