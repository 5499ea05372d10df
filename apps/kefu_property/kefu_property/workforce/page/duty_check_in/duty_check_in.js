// Check-in on the phone: one big button; the server has the last word about place and time (S6).
frappe.pages["duty-check-in"].on_page_load = (wrapper) => {
	wrapper.checkin = new DutyCheckIn(wrapper);
};

frappe.pages["duty-check-in"].on_page_show = (wrapper) => wrapper.checkin && wrapper.checkin.show();

class DutyCheckIn {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Clock In"), single_column: true });
		this.body = $('<div class="kefu-check-in"></div>').appendTo(this.page.main);
	}

	async show() {
		const data = await frappe.xcall("kefu_property.workforce.checkin.today_of_mine");
		this.draw(data);
	}

	draw(data) {
		this.body.empty();
		if (data.message) {
			$('<p class="text-muted"></p>').text(data.message).appendTo(this.body);
			return;
		}
		const head = $("<header></header>").appendTo(this.body);
		$("<h4></h4>").text(data.staff_name).appendTo(head);
		$('<div class="text-muted"></div>')
			.text([data.project, frappe.datetime.str_to_user(data.day), data.shift].filter(Boolean).join(" · "))
			.appendTo(head);
		this.message = $('<div class="kefu-check-in-message" role="status"></div>').appendTo(this.body);
		const bar = $('<div class="kefu-check-in-buttons"></div>').appendTo(this.body);
		for (const [kind, label] of [
			["Clock In", __("Clock In")],
			["Clock Out", __("Clock Out")],
		]) {
			$('<button type="button" class="btn"></button>')
				.addClass(data.next === kind ? "btn-primary" : "btn-default")
				.attr("data-kind", kind)
				.text(label)
				.on("click", () => this.punch(kind))
				.appendTo(bar);
		}
		const list = $('<ol class="list-unstyled kefu-check-in-list"></ol>').appendTo(this.body);
		for (const row of data.punches) {
			const line = $("<li></li>").appendTo(list);
			$("<strong></strong>").text(row.taken_on.slice(11, 16)).appendTo(line);
			$("<span></span>").text(row.label).appendTo(line);
			$('<span class="text-muted"></span>').text(__(row.source)).appendTo(line);
		}
		if (!data.punches.length) $('<p class="text-muted"></p>').text(__("Nothing yet today.")).insertAfter(list);
		$('<p class="text-muted small"></p>')
			.text(
				data.areas.length
					? __("Possible at: {0}. The time is the server's: {1}.", [
							data.areas.join(__(", ")),
							data.server_time,
						])
					: __("The project has no area for check-ins yet. Tell your supervisor.")
			)
			.appendTo(this.body);
		$('<button type="button" class="btn btn-link"></button>')
			.text(__("Forgotten? Ask for a correction"))
			.on("click", () => frappe.new_doc("Duty Correction"))
			.appendTo(this.body);
	}

	say(text, colour) {
		this.message.attr("data-colour", colour).text(text);
	}

	position() {
		return new Promise((resolve, reject) => {
			if (!navigator.geolocation) return reject(new Error("unsupported"));
			navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, {
				enableHighAccuracy: true,
				timeout: 20000,
				maximumAge: 0,
			});
		});
	}

	async punch(kind) {
		const buttons = this.body.find("button").prop("disabled", true);
		this.say(__("Looking for your position…"), "blue");
		let coords;
		try {
			coords = await this.position();
		} catch (problem) {
			this.say(
				problem.code === 1
					? __("The position is not allowed. Allow it for this page in the settings of the browser.")
					: __("The phone finds no position. Switch the location on, step outside and try again."),
				"red"
			);
			buttons.prop("disabled", false);
			return;
		}
		const answer = await fetch("/api/method/kefu_property.workforce.checkin.punch", {
			method: "POST",
			headers: {
				"X-Frappe-CSRF-Token": frappe.csrf_token,
				"Content-Type": "application/json",
				Accept: "application/json",
			},
			body: JSON.stringify({
				kind,
				latitude: coords.latitude,
				longitude: coords.longitude,
				accuracy: coords.accuracy,
				client_time: new Date().toISOString(),
			}),
		}).catch(() => null);
		const body = answer ? await answer.json().catch(() => ({})) : {};
		if (answer && answer.ok) {
			await this.show();
			this.say(
				kind === "Clock In"
					? __("Checked in at {0}, {1}.", [body.message.time, body.message.area])
					: __("Checked out at {0}, {1}.", [body.message.time, body.message.area]),
				"green"
			);
			return;
		}
		const texts = JSON.parse(body._server_messages || "[]").map((text) => JSON.parse(text).message);
		this.say(texts.join(" ") || __("No connection. Try again when you have a network."), "red");
		buttons.prop("disabled", false);
	}
}
