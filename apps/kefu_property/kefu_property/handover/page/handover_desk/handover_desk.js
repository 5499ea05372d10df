// The day of the handover: who is expected, waits, is called, is served (D24).
frappe.pages["handover-desk"].on_page_load = (wrapper) => {
	wrapper.desk = new HandoverDesk(wrapper);
};

frappe.pages["handover-desk"].on_page_show = (wrapper) => wrapper.desk && wrapper.desk.refresh();

const HANDOVER_DESK = "kefu_property.handover.page.handover_desk.handover_desk.";
const COUNTER_KEY = "kefu-handover-counter";

class HandoverDesk {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Handover Desk"), single_column: true });
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Select",
			label: __("Project"),
			change: () => this.draw(),
		});
		this.counter = this.page.add_field({
			fieldname: "counter",
			fieldtype: "Data",
			label: __("My Counter"),
			default: localStorage.getItem(COUNTER_KEY) || "",
			change: () => localStorage.setItem(COUNTER_KEY, this.counter.get_value() || ""),
		});
		this.page.set_primary_action(__("Call Next"), () => this.call_next());
		this.page.set_secondary_action(__("Refresh"), () => this.draw());
		this.page.add_menu_item(__("Handover Batch"), () => frappe.set_route("List", "Handover Batch"));
		this.page.add_menu_item(__("Home Handover"), () => frappe.set_route("List", "Home Handover"));
		this.page.add_menu_item(__("Wall Display"), () => this.display());
		this.body = $('<div class="kefu-handover"></div>').appendTo(this.page.main);
		frappe.realtime.on("kefu_handover_queue", ({ project }) => {
			if (this.project.get_value() === project && this.body.is(":visible")) this.draw();
		});
	}

	async refresh() {
		if (!this.projects) {
			this.projects = await frappe.xcall(HANDOVER_DESK + "get_projects");
			this.project.df.options = this.projects.map((p) => ({ value: p.name, label: p.project_name }));
			this.project.refresh();
			if (this.projects.length) await this.project.set_value(this.projects[0].name);
		}
		await this.draw();
	}

	async draw() {
		const project = this.project.get_value();
		if (!project) {
			this.body.empty();
			$('<p class="text-muted"></p>').text(__("No batch is approved yet.")).appendTo(this.body);
			return;
		}
		const queue = await frappe.xcall(HANDOVER_DESK + "get_queue", { project });
		if (this.project.get_value() !== project) return;
		this.queue = queue;
		const typed = this.search ? this.search.val() : "";
		this.body.empty();
		this.progress(queue.progress);
		const columns = $('<div class="kefu-handover-columns"></div>').appendTo(this.body);
		this.check_in_column(columns, queue, typed);
		this.column(columns, __("Waiting"), queue.waiting, (row) => [
			[__("Call In"), () => this.call(row.name), "primary"],
			[__("Did Not Come"), () => this.act("absent", { name: row.name })],
		]);
		this.column(columns, __("At the Counters"), [...queue.called, ...queue.running], (row) =>
			row.status === "Called"
				? [
						[__("Begin"), () => frappe.set_route("home-check", row.name), "primary"],
						[__("Call Again"), () => this.call(row.name)],
						[__("Did Not Come"), () => this.act("absent", { name: row.name })],
					]
				: [[__("Go On"), () => frappe.set_route("home-check", row.name), "primary"]]
		);
		this.column(columns, __("Done Today"), queue.done, (row) => [
			[__("Open the Paper"), () => frappe.set_route("Form", "Home Handover", row.name)],
		]);
	}

	progress({ done, total, percent }) {
		const box = $('<div class="kefu-handover-progress"></div>').appendTo(this.body);
		$("<span></span>")
			.text(__("{0} of {1} homes handed over", [done, total]))
			.appendTo(box);
		const bar = $('<div class="progress" role="progressbar" aria-valuemin="0" aria-valuemax="100"></div>')
			.attr("aria-valuenow", percent)
			.attr("aria-label", __("{0} of {1} homes handed over", [done, total]))
			.appendTo(box);
		$('<div class="progress-bar"></div>').css("width", `${percent}%`).appendTo(bar);
		$("<strong></strong>").text(`${percent}%`).appendTo(box);
	}

	check_in_column(columns, queue, typed) {
		const box = this.box(columns, __("Expected Today"), queue.expected.length);
		const form = $('<form class="kefu-handover-search"></form>').appendTo(box);
		this.search = $('<input type="search" class="form-control" autocomplete="off">')
			.attr("placeholder", __("Unit, buyer or last four digits of the phone"))
			.attr("aria-label", __("Unit, buyer or last four digits of the phone"))
			.val(typed)
			.appendTo(form);
		$('<button type="submit" class="btn btn-default"></button>').text(__("Find")).appendTo(form);
		const found = $("<div></div>").appendTo(box);
		form.on("submit", async (event) => {
			event.preventDefault();
			const rows = await frappe.xcall(HANDOVER_DESK + "find", {
				project: this.project.get_value(),
				text: this.search.val(),
			});
			found.empty();
			if (!rows.length) $('<p class="text-muted"></p>').text(__("Nothing was found.")).appendTo(found);
			for (const row of rows) this.card(found, row, this.arrivals(row));
		});
		for (const row of queue.expected) this.card(box, row, this.arrivals(row));
	}

	arrivals(row) {
		if (["Waiting", "Called", "In Progress"].includes(row.status)) return [];
		const actions = [[__("Check In"), () => this.check_in(row), "primary"]];
		actions.push([row.status === "Booked" ? __("Change Time") : __("Appoint"), () => this.appoint(row)]);
		return actions;
	}

	box(columns, title, count) {
		const box = $('<section class="kefu-handover-column"></section>').appendTo(columns);
		$("<h5></h5>").text(`${title} (${count})`).appendTo(box);
		return box;
	}

	column(columns, title, rows, actions) {
		const box = this.box(columns, title, rows.length);
		if (!rows.length) $('<p class="text-muted"></p>').text(__("Nobody")).appendTo(box);
		for (const row of rows) this.card(box, row, actions(row));
	}

	card(box, row, actions) {
		const card = $('<article class="kefu-handover-card"></article>').attr("data-name", row.name).appendTo(box);
		const head = $("<div></div>").appendTo(card);
		if (row.queue_number && row.status !== "Booked") {
			$('<span class="kefu-handover-number"></span>').text(row.queue_number).appendTo(head);
		}
		$('<a class="bold"></a>')
			.attr("href", `/app/home-handover/${encodeURIComponent(row.name)}`)
			.text(row.unit_code)
			.appendTo(head);
		$('<span class="indicator-pill"></span>').addClass(this.tone(row.status)).text(__(row.status)).appendTo(head);
		const time = (value) => value && String(value).slice(11, 16);
		const facts = [
			row.buyer_name || __("Buyer not known yet"),
			row.status === "Booked" && time(row.appointment),
			row.status === "Waiting" && __("since {0}", [time(row.checked_in_on)]),
			["Called", "In Progress"].includes(row.status) && row.desk && __("Counter {0}", [row.desk]),
			row.open_defects ? __("{0} defects", [row.open_defects]) : "",
		].filter(Boolean);
		$('<div class="text-muted"></div>').text(facts.join(" · ")).appendTo(card);
		const bar = $('<div class="kefu-handover-actions"></div>').appendTo(card);
		for (const [label, action, kind] of actions) {
			$('<button type="button" class="btn btn-sm"></button>')
				.addClass(kind === "primary" ? "btn-primary" : "btn-default")
				.text(label)
				.on("click", action)
				.appendTo(bar);
		}
	}

	tone(status) {
		return (
			{
				Booked: "blue",
				Waiting: "orange",
				Called: "orange",
				"In Progress": "blue",
				"Handed Over without Defects": "green",
				"Handed Over with Defects": "yellow",
				Refused: "red",
				"Did Not Come": "red",
			}[status] || "gray"
		);
	}

	async check_in(row) {
		const number = await frappe.xcall(HANDOVER_DESK + "check_in", { name: row.name });
		frappe.show_alert({ message: __("{0} has number {1}.", [row.unit_code, number]), indicator: "green" });
		this.search.val("");
		this.draw();
	}

	my_counter() {
		const desk = (this.counter.get_value() || "").trim();
		if (!desk) {
			frappe.show_alert({ message: __("Enter your counter first."), indicator: "orange" });
			this.counter.$input.trigger("focus");
		}
		return desk;
	}

	async call_next() {
		const desk = this.my_counter();
		if (!desk) return;
		const visitor = await frappe.xcall(HANDOVER_DESK + "call_next", { project: this.project.get_value(), desk });
		if (!visitor) frappe.show_alert({ message: __("Nobody is waiting."), indicator: "blue" });
		else this.announce(visitor);
		this.draw();
	}

	async call(name) {
		const desk = this.my_counter();
		if (!desk) return;
		this.announce(await frappe.xcall(HANDOVER_DESK + "call", { name, desk }));
		this.draw();
	}

	announce({ queue_number, unit_code, desk }) {
		frappe.show_alert({
			message: __("Number {0} ({1}) to counter {2}", [queue_number, unit_code, desk]),
			indicator: "green",
		});
	}

	async act(method, args) {
		await frappe.xcall(HANDOVER_DESK + method, args);
		this.draw();
	}

	async appoint(row) {
		const slots = await frappe.xcall(HANDOVER_DESK + "free_slots", { name: row.name });
		if (!slots.length) {
			frappe.msgprint(__("No time is free any more."));
			return;
		}
		const label = (slot) =>
			`${slot.slot_date} ${String(slot.from_time).padStart(8, "0").slice(0, 5)} (${__("{0} places left", [slot.left])})`;
		frappe.prompt(
			[
				{
					fieldname: "slot",
					fieldtype: "Select",
					label: __("Appointment"),
					reqd: 1,
					options: slots.map((slot) => ({ value: slot.name, label: label(slot) })),
				},
			],
			({ slot }) => this.act("book", { name: row.name, slot }),
			row.unit_code
		);
	}

	// numbers in large letters for a screen in the hall; Escape leads back
	display() {
		this.body.toggleClass("kefu-handover-wall");
		if (this.body.hasClass("kefu-handover-wall") && this.body[0].requestFullscreen) {
			this.body[0].requestFullscreen().catch(() => this.body.removeClass("kefu-handover-wall"));
			document.addEventListener(
				"fullscreenchange",
				() => {
					if (!document.fullscreenElement) this.body.removeClass("kefu-handover-wall");
				},
				{ passive: true }
			);
		}
	}
}
