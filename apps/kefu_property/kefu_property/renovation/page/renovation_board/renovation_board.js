// Running works of a project, building by building (D25).
frappe.pages["renovation-board"].on_page_load = (wrapper) => {
	wrapper.board = new RenovationBoard(wrapper);
};

frappe.pages["renovation-board"].on_page_show = (wrapper) => wrapper.board && wrapper.board.refresh();

const BOARD = "kefu_property.renovation.page.renovation_board.renovation_board.";

class RenovationBoard {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Renovation Board"), single_column: true });
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Select",
			label: __("Project"),
			change: () => this.draw(),
		});
		if (frappe.model.can_create("Renovation Application")) {
			this.page.set_primary_action(__("New Application"), () => frappe.new_doc("Renovation Application"));
		}
		this.page.add_menu_item(__("Renovation Permit"), () => frappe.set_route("List", "Renovation Permit"));
		this.page.add_menu_item(__("Patrol Round"), () => frappe.set_route("patrol-round"));
		this.body = $('<div class="kefu-works"></div>').appendTo(this.page.main);
	}

	async refresh() {
		if (!this.projects) {
			this.projects = await frappe.xcall(BOARD + "get_projects");
			this.project.df.options = this.projects.map((p) => ({ value: p.name, label: p.project_name }));
			this.project.refresh();
			if (this.projects.length) await this.project.set_value(this.projects[0].name);
		}
		await this.draw();
	}

	async draw() {
		const project = this.project.get_value();
		const buildings = project ? await frappe.xcall(BOARD + "get_board", { project }) : [];
		this.body.empty();
		if (!buildings.length) {
			$('<p class="text-muted"></p>').text(__("No works are running.")).appendTo(this.body);
			return;
		}
		this.legend();
		for (const building of buildings) this.building(building);
	}

	legend() {
		const legend = $('<div class="kefu-works-legend text-muted"></div>').appendTo(this.body);
		for (const [tone, text] of [
			["blue", __("In Progress")],
			["red", __("Stopped or expired")],
			["orange", __("Waits for re-check or refund")],
		]) {
			$("<span></span>").addClass(`indicator ${tone}`).text(text).appendTo(legend);
		}
	}

	building({ title, works }) {
		const box = $('<section class="kefu-works-building"></section>').appendTo(this.body);
		$("<h5></h5>").text(`${title} (${works.length})`).appendTo(box);
		const grid = $('<div class="kefu-works-grid"></div>').appendTo(box);
		for (const work of works) this.card(work).appendTo(grid);
	}

	card(work) {
		const card = $('<a class="kefu-works-card"></a>')
			.addClass(`kefu-works-${work.tone}`)
			.attr("href", `/app/renovation-permit/${encodeURIComponent(work.name)}`);
		const head = $("<div></div>").appendTo(card);
		$("<strong></strong>").text(work.unit_code).appendTo(head);
		$('<span class="indicator-pill"></span>')
			.addClass(work.tone)
			.text(work.expired ? __("Expired") : __(work.status))
			.appendTo(head);
		const day = (value) => frappe.datetime.str_to_user(value);
		for (const text of [
			[work.applicant_name, work.contractor].filter(Boolean).join(" · "),
			work.recheck_due ? __("Re-check on {0}", [day(work.recheck_due)]) : __("until {0}", [day(work.end_date)]),
			work.patrol_late && __("Patrol was due on {0}", [day(work.next_patrol_on)]),
			work.open_violations && __("{0} violations open", [work.open_violations]),
		].filter(Boolean)) {
			$('<div class="kefu-works-text"></div>').text(text).appendTo(card);
		}
		return card;
	}
}
