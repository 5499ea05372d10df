// The director's morning: what is green and red in the project, or across projects, and what lies behind it.
frappe.pages["operations-board"].on_page_load = (wrapper) => {
	wrapper.board = new OperationsBoard(wrapper);
};

frappe.pages["operations-board"].on_page_show = (wrapper) => wrapper.board && wrapper.board.draw();

const OPERATIONS = "kefu_property.office.page.operations_board.operations_board.";

class OperationsBoard {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Operations Board"), single_column: true });
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Select",
			label: __("Project"),
			options: [{ value: "", label: __("All Projects") }],
			change: () => this.draw(),
		});
		this.page.set_secondary_action(__("Refresh"), () => this.draw(), "refresh");
		this.page.set_primary_action(__("Daily Report"), () => this.report());
		this.page.add_menu_item(__("Reports of the Days"), () => frappe.set_route("List", "Operations Report"));
		this.page.add_menu_item(__("Data Quality"), () => frappe.set_route("data-quality"));
		this.body = $('<div class="kefu-ops"></div>').appendTo(this.page.main);
	}

	async draw() {
		const project = this.project.get_value() || null;
		const board = await frappe.xcall(OPERATIONS + "get_board", { project });
		this.board = board;
		if (!this.filled) {
			this.filled = true;
			this.project.df.options = [
				{ value: "", label: __("All Projects") },
				...board.projects.map((row) => ({ value: row.name, label: row.project_name })),
			];
			this.project.refresh();
			if (board.projects.length === 1) {
				await this.project.set_value(board.projects[0].name);
				return;
			}
		}
		this.body.empty();
		$('<div class="text-muted kefu-ops-stamp"></div>')
			.text(__("As of {0}", [frappe.datetime.str_to_user(board.stamp)]))
			.appendTo(this.body);
		this.events(board);
		for (const section of board.sections) this.section(section, board);
	}

	events(board) {
		const events = board.sections.flatMap((section) => section.events);
		const box = $('<section class="kefu-ops-events"></section>').appendTo(this.body);
		$("<h5></h5>").text(__("On Today")).appendTo(box);
		if (!events.length) $('<p class="text-muted"></p>').text(__("Nothing special is on today.")).appendTo(box);
		for (const event of events) {
			const line = $('<a class="kefu-ops-event"></a>')
				.attr("href", "/app/" + event.route.map((part, i) => this.part(part, i)).join("/"))
				.appendTo(box);
			$('<span class="indicator-pill no-indicator-dot"></span>')
				.addClass(event.tone)
				.text(event.title)
				.appendTo(line);
			$('<span class="text-muted"></span>').text(event.text).appendTo(line);
			if (board.shown.length > 1) {
				$('<span class="text-muted"></span>').text(this.name_of(event.project)).appendTo(line);
			}
		}
	}

	part(part, index) {
		if (index === 0) return "";
		return index === 1 ? frappe.router.slug(part) : encodeURIComponent(part);
	}

	name_of(project) {
		const row = this.board.projects.find((other) => other.name === project);
		return row ? row.project_name : project;
	}

	section(section, board) {
		const box = $('<section class="kefu-ops-section"></section>')
			.attr("data-section", section.key)
			.appendTo(this.body);
		$("<h5></h5>").text(section.title).appendTo(box);
		const grid = $('<div class="kefu-ops-grid"></div>').appendTo(box);
		for (const figure of section.figures) {
			const reading = board.shown.length === 1 ? figure.values[board.shown[0]] : figure.total;
			const card = $('<button type="button" class="kefu-ops-card"></button>')
				.attr("data-tone", reading.tone)
				.on("click", () => this.open(figure, this.project.get_value()))
				.appendTo(grid);
			$('<span class="kefu-ops-label"></span>').text(figure.label).appendTo(card);
			$('<strong class="kefu-ops-value"></strong>').text(reading.text).appendTo(card);
		}
		if (board.shown.length > 1) this.table(section, board).appendTo(box);
	}

	table(section, board) {
		const scroll = $('<div class="kefu-ops-scroll"></div>');
		const table = $('<table class="kefu-ops-table"></table>').appendTo(scroll);
		const head = $("<tr></tr>").appendTo($("<thead></thead>").appendTo(table));
		$("<th></th>").text(__("Project")).appendTo(head);
		for (const figure of section.figures) $("<th></th>").text(figure.label).appendTo(head);
		const body = $("<tbody></tbody>").appendTo(table);
		for (const project of board.shown) {
			const line = $("<tr></tr>").appendTo(body);
			const name = $("<th></th>").appendTo(line);
			$('<a href="#"></a>')
				.text(this.name_of(project))
				.on("click", (event) => {
					event.preventDefault();
					this.project.set_value(project);
				})
				.appendTo(name);
			for (const figure of section.figures) {
				const reading = figure.values[project];
				const cell = $("<td></td>").appendTo(line);
				$('<a href="#" class="indicator-pill no-indicator-dot"></a>')
					.addClass(reading.tone)
					.text(reading.text)
					.on("click", (event) => {
						event.preventDefault();
						this.open(figure, project);
					})
					.appendTo(cell);
			}
		}
		return scroll;
	}

	open(figure, project) {
		const target = figure.target;
		const filters = project ? { project } : {};
		if (target.report) frappe.set_route("query-report", target.report, { ...target.options, ...filters });
		else if (target.page) frappe.set_route(target.page);
		else if (target.list) frappe.set_route("List", target.list, filters);
	}

	async report() {
		const project = this.project.get_value() || (this.board.shown.length === 1 && this.board.shown[0]);
		if (!project) {
			frappe.show_alert({ message: __("Choose a project for its daily report."), indicator: "orange" });
			return;
		}
		const name = await frappe.xcall(OPERATIONS + "make_report", { project });
		frappe.set_route("Form", "Operations Report", name);
	}
}
