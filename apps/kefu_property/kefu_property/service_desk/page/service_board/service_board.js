// The wall board of the front desk: a big screen that nobody touches. Draws itself anew when something happens, and every minute.
frappe.pages["service-board"].on_page_load = (wrapper) => {
	wrapper.board = new ServiceBoard(wrapper);
};

frappe.pages["service-board"].on_page_show = (wrapper) => wrapper.board.start();
frappe.pages["service-board"].on_page_hide = (wrapper) => wrapper.board.stop();

const EVERY = 60000;
const TONES = { Overdue: "bad", "Due Soon": "soon", "On Time": "good", Waiting: "calm" };

class ServiceBoard {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Wall Board"), single_column: true });
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Select",
			label: __("Project"),
			options: [{ value: "", label: __("All Projects") }],
			change: () => this.refresh(),
		});
		this.page.set_primary_action(__("Full Screen"), () => this.body[0].requestFullscreen());
		this.body = $('<div class="kefu-board" tabindex="-1"></div>').appendTo(this.page.main);
		const soon = frappe.utils.debounce(() => this.shown && this.refresh(), 1000);
		frappe.realtime.doctype_subscribe?.("Complaint");
		for (const event of ["kefu_service_board", "kefu_hotline_call"]) frappe.realtime.on(event, soon);
	}

	start() {
		this.shown = true;
		this.refresh();
		this.timer = setInterval(() => this.refresh(), EVERY);
	}

	stop() {
		this.shown = false;
		clearInterval(this.timer);
	}

	async refresh() {
		const data = await frappe.xcall("kefu_property.service_desk.board.get_board", {
			project: this.project.get_value() || null,
		});
		if (!this.filled) {
			this.filled = true;
			this.project.df.options = [{ value: "", label: __("All Projects") }, ...data.projects];
			this.project.refresh();
		}
		this.draw(data);
	}

	draw(data) {
		this.body.empty();
		const counts = this.add(this.body, "counts");
		for (const count of data.counts) {
			const tile = this.add(counts, `tile ${count.tone}`).attr("data-key", count.key);
			this.add(tile, "value", count.value);
			this.add(tile, "label", count.label);
		}
		const columns = this.add(this.body, "columns");
		this.draw_cases(this.add(columns, "panel wide"), data.cases);
		const side = this.add(columns, "side");
		this.draw_calls(this.add(side, "panel"), data.hours);
		this.draw_people(this.add(side, "panel"), data.people);
		this.add(this.body, "foot", __("As of {0}", [frappe.datetime.str_to_user(data.at)]));
	}

	add(parent, kind, text) {
		const names = kind
			.trim()
			.split(" ")
			.map((name) => `kefu-board-${name}`);
		const item = $("<div></div>").addClass(names.join(" ")).appendTo(parent);
		return text === undefined ? item : item.text(text);
	}

	draw_cases(panel, cases) {
		this.add(panel, "title", __("To Do Next"));
		if (!cases.length) this.add(panel, "none", __("Nothing is open."));
		for (const row of cases) {
			const line = this.add(panel, `case ${TONES[row.deadline_state] || "calm"}`);
			this.add(line, "due", row.next_due ? row.next_due.slice(5, 16) : "–");
			this.add(line, "subject", [row.unit || row.place, row.subject].filter(Boolean).join(" · "));
			this.add(line, "person", `${row.person} · ${row.status}`);
		}
	}

	draw_calls(panel, hours) {
		this.add(panel, "title", __("Calls Today"));
		if (!hours.length) this.add(panel, "none", __("No calls yet."));
		const most = Math.max(1, ...hours.map((row) => row.answered + row.missed));
		const bars = this.add(panel, "bars");
		for (const row of hours) {
			const bar = this.add(bars, "bar");
			this.add(bar, "number", row.answered + row.missed || "");
			this.add(bar, "missed").css("height", `${(row.missed / most) * 90}px`);
			this.add(bar, "answered").css("height", `${(row.answered / most) * 90}px`);
			this.add(bar, "hour", row.hour);
		}
	}

	draw_people(panel, people) {
		this.add(panel, "title", __("Open Cases"));
		for (const row of people) {
			const line = this.add(panel, "load");
			this.add(line, "person", row.name);
			this.add(line, row.late ? "number bad" : "number", row.late ? `${row.open} (${row.late})` : row.open);
		}
	}
}
