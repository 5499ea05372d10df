// Check-in at an activity on a phone: scan or type the code, or tap the name (D16).
frappe.pages["activity-check-in"].on_page_load = (wrapper) => {
	wrapper.checkin = new ActivityCheckIn(wrapper);
};

frappe.pages["activity-check-in"].on_page_show = (wrapper) => wrapper.checkin && wrapper.checkin.show();

const CHECK_IN = "kefu_property.community.page.activity_check_in.activity_check_in.";

class ActivityCheckIn {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Activity Check-in"), single_column: true });
		this.body = $('<div class="kefu-patrol kefu-checkin"></div>').appendTo(this.page.main);
	}

	async show() {
		this.activity = frappe.get_route()[1];
		this.body.empty();
		if (this.activity) return this.open();
		const rows = await frappe.xcall(CHECK_IN + "today");
		if (!rows.length) $('<p class="text-muted"></p>').text(__("No activity today.")).appendTo(this.body);
		for (const row of rows) {
			const card = $('<button type="button" class="kefu-patrol-card"></button>').appendTo(this.body);
			$("<strong></strong>").text(row.title).appendTo(card);
			$('<span class="indicator-pill"></span>')
				.addClass(row.workflow_state === "Under Way" ? "green" : "blue")
				.text(__(row.workflow_state))
				.appendTo(card);
			$('<span class="text-muted"></span>')
				.text(`${frappe.datetime.str_to_user(row.starts_on)} · ${row.venue}`)
				.appendTo(card);
			card.on("click", () => frappe.set_route("activity-check-in", row.name));
		}
	}

	async open() {
		this.data = await frappe.xcall(CHECK_IN + "show", { activity: this.activity });
		this.body.empty();
		const head = $('<section class="kefu-patrol-facts"></section>').appendTo(this.body);
		const line = $("<div></div>").appendTo(head);
		$("<strong></strong>").text(this.data.title).appendTo(line);
		$('<span class="indicator-pill blue"></span>').text(__(this.data.state)).appendTo(line);
		$('<div class="kefu-checkin-count"></div>')
			.text(__("{0} of {1} people present", [this.data.attended, this.data.registered]))
			.appendTo(head);
		if (this.data.state !== "Under Way") {
			$('<div class="kefu-patrol-refused" role="alert"></div>')
				.text(__("Start the activity on its form before people check in."))
				.appendTo(this.body);
			return;
		}
		this.bar();
		this.message = $('<div class="kefu-checkin-message" role="status"></div>').appendTo(this.body);
		for (const row of this.data.people) this.row(row);
	}

	bar() {
		const bar = $('<form class="kefu-patrol-bar"></form>').appendTo(this.body);
		const input = $('<input type="text" class="form-control" autocomplete="off" autocapitalize="characters">')
			.attr("placeholder", __("Code on the phone of the resident"))
			.attr("aria-label", __("Code on the phone of the resident"))
			.appendTo(bar);
		$('<button type="submit" class="btn btn-primary"></button>').text(__("Check In")).appendTo(bar);
		if ("BarcodeDetector" in window) {
			const picture = $('<input type="file" accept="image/*" capture="environment" hidden>').appendTo(bar);
			$('<button type="button" class="btn btn-default"></button>')
				.text(__("Scan"))
				.on("click", () => picture.trigger("click"))
				.appendTo(bar);
			picture.on("change", async () => {
				const image = await createImageBitmap(picture[0].files[0]);
				const found = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(image);
				picture.val("");
				if (found.length) this.send(found[0].rawValue);
				else frappe.show_alert({ message: __("No code was found in the picture."), indicator: "orange" });
			});
		}
		bar.on("submit", (event) => {
			event.preventDefault();
			if (input.val().trim()) this.send(input.val().trim());
		});
	}

	row(row) {
		const card = $('<button type="button" class="kefu-patrol-card"></button>').appendTo(this.body);
		$("<strong></strong>").text(`${row.resident_name} × ${row.people}`).appendTo(card);
		$('<span class="indicator-pill"></span>')
			.addClass(row.checked_in_on ? "green" : "gray")
			.text(row.checked_in_on ? __("Present") : __("Expected"))
			.appendTo(card);
		$('<span class="text-muted"></span>').text(row.unit).appendTo(card);
		if (row.checked_in_on) card.prop("disabled", true);
		card.on("click", () => {
			if (row.people === 1) return this.send(row.code, 1);
			frappe.prompt(
				{ fieldname: "people", fieldtype: "Int", label: __("People Present"), reqd: 1, default: row.people },
				(values) => this.send(row.code, values.people),
				row.resident_name,
				__("Check In")
			);
		});
	}

	async send(code, people = null) {
		const args = { activity: this.activity, code, ...(people && { people }) };
		const answer = await frappe.xcall(CHECK_IN + "check_in", args);
		await this.open();
		this.message
			.addClass(answer.again ? "is-again" : "is-new")
			.text(
				answer.again
					? __("{0} checked in already at {1}.", [
							answer.resident_name,
							frappe.datetime.str_to_user(answer.checked_in_on),
						])
					: __("{0} is present with {1} people.", [answer.resident_name, answer.people])
			);
	}
}
