// Patrol of works on a phone: scan or type the code on the door, answer the checklist, take photos (D25).
frappe.pages["patrol-round"].on_page_load = (wrapper) => {
	wrapper.round = new PatrolRound(wrapper);
};

frappe.pages["patrol-round"].on_page_show = (wrapper) => wrapper.round && wrapper.round.show();

const PATROL = "kefu_property.renovation.page.patrol_round.patrol_round.";

class PatrolRound {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Patrol Round"), single_column: true });
		this.body = $('<div class="kefu-patrol"></div>').appendTo(this.page.main);
	}

	async show() {
		const code = frappe.get_route()[1];
		if (code) return this.open(code);
		this.body.empty();
		this.search();
		const rows = await frappe.xcall(PATROL + "due");
		$("<h5></h5>").text(__("Due today")).appendTo(this.body);
		if (!rows.length) $('<p class="text-muted"></p>').text(__("No patrol is due.")).appendTo(this.body);
		for (const row of rows) this.due_card(row);
	}

	search() {
		const bar = $('<form class="kefu-patrol-bar"></form>').appendTo(this.body);
		const input = $('<input type="text" class="form-control" autocomplete="off" autocapitalize="characters">')
			.attr("placeholder", __("Code on the permit"))
			.attr("aria-label", __("Code on the permit"))
			.appendTo(bar);
		$('<button type="submit" class="btn btn-primary"></button>').text(__("Open")).appendTo(bar);
		if ("BarcodeDetector" in window) {
			const picture = $('<input type="file" accept="image/*" capture="environment" hidden>').appendTo(bar);
			$('<button type="button" class="btn btn-default"></button>')
				.text(__("Scan"))
				.on("click", () => picture.trigger("click"))
				.appendTo(bar);
			picture.on("change", async () => {
				const image = await createImageBitmap(picture[0].files[0]);
				const found = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(image);
				if (found.length) this.go(found[0].rawValue);
				else frappe.show_alert({ message: __("No code was found in the picture."), indicator: "orange" });
			});
		}
		bar.on("submit", (event) => {
			event.preventDefault();
			if (input.val().trim()) this.go(input.val().trim());
		});
	}

	go(code) {
		frappe.set_route("patrol-round", code.replace(/\/+$/, "").split("/").pop());
	}

	due_card(row) {
		const late = row.next_patrol_on < frappe.datetime.get_today();
		const card = $('<button type="button" class="kefu-patrol-card"></button>').appendTo(this.body);
		$("<strong></strong>").text(row.unit).appendTo(card);
		$('<span class="indicator-pill"></span>')
			.addClass(row.status === "Stopped" ? "red" : late ? "orange" : "blue")
			.text(row.status === "Stopped" ? __("Stopped") : frappe.datetime.str_to_user(row.next_patrol_on))
			.appendTo(card);
		$('<span class="text-muted"></span>').text(row.applicant_name).appendTo(card);
		card.on("click", () => this.go(row.code));
	}

	async open(code) {
		this.body.empty();
		this.search();
		const permit = await frappe.xcall(PATROL + "find", { code });
		this.permit = permit;
		this.request_id = frappe.utils.get_random(20);
		this.photos = [];
		this.facts(permit);
		if (permit.expired || !permit.running) {
			$('<div class="kefu-patrol-refused" role="alert"></div>')
				.text(
					permit.running
						? __("This permit expired on {0}. The work must stop.", [
								frappe.datetime.str_to_user(permit.end_date),
							])
						: __("This permit is no longer running: {0}.", [__(permit.status)])
				)
				.appendTo(this.body);
			this.violation_button();
			return;
		}
		this.checklist(permit);
	}

	facts(permit) {
		const box = $('<section class="kefu-patrol-facts"></section>').appendTo(this.body);
		const head = $("<div></div>").appendTo(box);
		$("<strong></strong>").text(permit.unit).appendTo(head);
		$('<span class="indicator-pill"></span>')
			.addClass(permit.status === "In Progress" && !permit.expired ? "blue" : "red")
			.text(permit.expired && permit.running ? __("Expired") : __(permit.status))
			.appendTo(head);
		for (const text of [
			[permit.applicant_name, permit.contractor].filter(Boolean).join(" · "),
			`${frappe.datetime.str_to_user(permit.start_date)} – ${frappe.datetime.str_to_user(permit.end_date)}`,
			permit.works,
			permit.working_hours,
			permit.conditions,
		].filter(Boolean)) {
			$('<div class="kefu-patrol-text"></div>').text(text).appendTo(box);
		}
		if (permit.stop_reason) $('<div class="text-danger"></div>').text(permit.stop_reason).appendTo(box);
		if (permit.workers.length) {
			$('<div class="text-muted"></div>')
				.text(__("Workers: {0}", [permit.workers.map((row) => row.worker_name).join(__(", "))]))
				.appendTo(box);
		}
		for (const row of permit.violations) {
			$('<a class="kefu-patrol-violation"></a>')
				.attr("href", `/app/renovation-violation/${encodeURIComponent(row.name)}`)
				.text(`${row.name} ${__(row.kind)} · ${__(row.status)}`)
				.appendTo(box);
		}
	}

	checklist(permit) {
		this.lines = permit.checks.map((check_text) => ({ check_text, result: null, remark: "" }));
		for (const line of this.lines) this.check(line);
		this.note = $('<textarea class="form-control" rows="2"></textarea>')
			.attr("placeholder", __("Note"))
			.attr("aria-label", __("Note"))
			.appendTo(this.body);
		this.strip = $('<div class="kefu-patrol-photos"></div>').appendTo(this.body);
		const input = $('<input type="file" accept="image/*" capture="environment" multiple hidden>').appendTo(
			this.body
		);
		input.on("change", () => {
			for (const file of input[0].files) this.photo(file);
			input.val("");
		});
		const bar = $('<div class="kefu-patrol-actions"></div>').appendTo(this.body);
		$('<button type="button" class="btn btn-default"></button>')
			.text(__("Photo"))
			.on("click", () => input.trigger("click"))
			.appendTo(bar);
		this.button = $('<button type="button" class="btn btn-primary"></button>')
			.text(__("Send Patrol"))
			.on("click", () => this.send())
			.appendTo(bar);
	}

	check(line) {
		const row = $('<fieldset class="kefu-patrol-check"></fieldset>').appendTo(this.body);
		$("<legend></legend>").text(__(line.check_text)).appendTo(row);
		const choice = $('<div class="kefu-patrol-choice"></div>').appendTo(row);
		const remark = $('<input type="text" class="form-control" hidden>')
			.attr("placeholder", __("What is wrong?"))
			.attr("aria-label", __("What is wrong?"))
			.on("input", () => (line.remark = remark.val()))
			.appendTo(row);
		for (const [result, label] of [
			["OK", __("OK")],
			["Problem", __("Problem")],
			["Not Applicable", __("Not Applicable")],
		]) {
			$('<button type="button" class="btn btn-default" aria-pressed="false"></button>')
				.text(label)
				.attr("data-result", result)
				.on("click", (event) => {
					line.result = result;
					choice.children().attr("aria-pressed", "false");
					$(event.currentTarget).attr("aria-pressed", "true");
					remark.prop("hidden", result !== "Problem");
				})
				.appendTo(choice);
		}
	}

	photo(file) {
		this.photos.push(file);
		const picture = document.createElement("img");
		picture.src = URL.createObjectURL(file);
		picture.alt = __("Photo");
		this.strip[0].appendChild(picture);
	}

	async send() {
		if (this.lines.some((line) => !line.result)) {
			frappe.show_alert({ message: __("Answer every line of the checklist."), indicator: "orange" });
			return;
		}
		this.button.prop("disabled", true);
		const data = new FormData();
		data.append("code", this.permit.code);
		data.append("lines", JSON.stringify(this.lines));
		data.append("note", this.note.val());
		data.append("request_id", this.request_id);
		this.photos.forEach((file) => data.append("photos", file));
		try {
			const answer = await fetch(`/api/method/${PATROL}send`, {
				method: "POST",
				headers: { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" },
				body: data,
			});
			const body = await answer.json().catch(() => ({}));
			if (!answer.ok) {
				const texts = JSON.parse(body._server_messages || "[]").map((text) => JSON.parse(text).message);
				frappe.msgprint(texts.join("<br>") || __("The patrol was not sent. Try again."));
				return;
			}
			this.done(body.message);
		} catch {
			frappe.msgprint(__("No connection. Your answers are still here: send again when you have a network."));
		} finally {
			this.button.prop("disabled", false);
		}
	}

	done(patrol) {
		this.body.empty();
		$('<div class="kefu-patrol-done" role="status"></div>')
			.text(__("Patrol of {0} is sent: {1}", [this.permit.unit, __(patrol.result)]))
			.appendTo(this.body);
		if (patrol.result === "Problems") this.violation_button(patrol.name);
		$('<button type="button" class="btn btn-default btn-block"></button>')
			.text(__("Next Patrol"))
			.on("click", () => frappe.set_route("patrol-round"))
			.appendTo(this.body);
	}

	violation_button(patrol) {
		$('<button type="button" class="btn btn-danger btn-block"></button>')
			.text(__("Write a Violation"))
			.on("click", () =>
				frappe.new_doc("Renovation Violation", {
					project: this.permit.project,
					permit: this.permit.name,
					patrol: patrol || null,
				})
			)
			.appendTo(this.body);
	}
}
