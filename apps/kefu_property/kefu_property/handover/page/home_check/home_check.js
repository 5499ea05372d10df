// Handing over one home on a phone: rooms, defects on the plan, meters, keys, papers, signature (D24).
frappe.pages["home-check"].on_page_load = (wrapper) => {
	wrapper.check = new HomeCheck(wrapper);
};

frappe.pages["home-check"].on_page_show = (wrapper) => wrapper.check && wrapper.check.show();

const HOME_CHECK = "kefu_property.handover.page.home_check.home_check.";

class HomeCheck {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Home Check"), single_column: true });
		this.body = $('<div class="kefu-home-check"></div>').appendTo(this.page.main);
	}

	async show() {
		const name = frappe.get_route()[1];
		if (name) return this.open(name);
		this.body.empty();
		const rows = await frappe.xcall(HOME_CHECK + "running");
		$("<h5></h5>").text(__("On Site Now")).appendTo(this.body);
		if (!rows.length) $('<p class="text-muted"></p>').text(__("Nobody has been checked in.")).appendTo(this.body);
		for (const row of rows) {
			const card = $('<a class="kefu-home-card"></a>')
				.attr("href", `/app/home-check/${encodeURIComponent(row.name)}`)
				.appendTo(this.body);
			$("<strong></strong>").text(`${row.queue_number} · ${row.unit_code}`).appendTo(card);
			$('<span class="indicator-pill orange"></span>').text(__(row.status)).appendTo(card);
			$('<span class="text-muted"></span>')
				.text(row.buyer_name || "")
				.appendTo(card);
		}
	}

	async open(name) {
		const home = await frappe.xcall(HOME_CHECK + "get_home", { name });
		this.home = home;
		this.body.empty();
		const head = $('<header class="kefu-home-head"></header>').appendTo(this.body);
		$("<strong></strong>").text(home.unit_code).appendTo(head);
		$("<span></span>")
			.text(home.buyer_name || "")
			.appendTo(head);
		$('<span class="indicator-pill"></span>')
			.addClass(home.docstatus ? "green" : home.status === "Refused" ? "red" : "blue")
			.text(__(home.status))
			.appendTo(head);
		if (home.may_begin) {
			this.button(__("Begin the Handover"), "btn-primary btn-block", async () => {
				await frappe.xcall(HOME_CHECK + "begin", { name });
				this.open(name);
			}).appendTo(this.body);
			return;
		}
		if (!home.running) {
			$('<div class="kefu-home-note" role="status"></div>')
				.text(__("Nothing is to be checked now."))
				.appendTo(this.body);
			this.button(__("Open the Paper"), "btn-default btn-block", () =>
				frappe.set_route("Form", "Home Handover", name)
			).appendTo(this.body);
			return;
		}
		this.rooms();
		this.defects();
		if (home.may_finish) this.finishing();
		else $('<p class="text-muted"></p>').text(__("The desk finishes the handover.")).appendTo(this.body);
	}

	button(label, kind, action) {
		return $('<button type="button" class="btn"></button>').addClass(kind).text(label).on("click", action);
	}

	section(title) {
		const box = $('<section class="kefu-home-section"></section>').appendTo(this.body);
		const head = $("<h5></h5>").text(title).appendTo(box);
		return [box, head];
	}

	// --- rooms -----------------------------------------------------------------------------------------------------------

	rooms() {
		const [box, head] = this.section(__("Check Room by Room"));
		this.left = $('<span class="text-muted"></span>').appendTo(head);
		for (const room of this.home.rooms) this.room(box, room);
		this.count();
	}

	count() {
		const lines = this.home.rooms.flatMap((room) => room.lines);
		const open = lines.filter((line) => !line.result).length;
		this.left.text(open ? __("{0} of {1} lines open", [open, lines.length]) : __("all answered"));
		for (const room of this.home.rooms) {
			const left = room.lines.filter((line) => !line.result).length;
			room.mark.text(left ? __("{0} open", [left]) : "✓").toggleClass("kefu-home-ok", !left);
		}
	}

	room(box, room) {
		const fold = $("<details></details>").attr("data-room", room.room).appendTo(box);
		const summary = $("<summary></summary>").appendTo(fold);
		$("<strong></strong>").text(room.room).appendTo(summary);
		room.mark = $("<span></span>").appendTo(summary);
		for (const line of room.lines) this.line(fold, room, line);
		const bar = $('<div class="kefu-home-actions"></div>').appendTo(fold);
		this.button(__("All Others Are in Order"), "btn-default", async () => {
			await frappe.xcall(HOME_CHECK + "answer_room", { name: this.home.name, room: room.room });
			for (const line of room.lines.filter((row) => !row.result)) {
				line.result = "OK";
				line.show();
			}
			this.count();
			fold.prop("open", false);
			fold.next("details").prop("open", true);
		}).appendTo(bar);
	}

	line(fold, room, line) {
		const row = $('<fieldset class="kefu-home-line"></fieldset>').appendTo(fold);
		$("<legend></legend>").text(__(line.check_text)).appendTo(row);
		const choice = $('<div class="kefu-home-choice"></div>').appendTo(row);
		line.show = () =>
			choice.children().each((_index, element) => {
				element.setAttribute("aria-pressed", String(element.dataset.result === line.result));
			});
		for (const [result, label] of [
			["OK", __("OK")],
			["Defect", __("Defect")],
			["Not Applicable", __("Not Applicable")],
		]) {
			this.button(label, "btn-default", async () => {
				await frappe.xcall(HOME_CHECK + "answer", {
					name: this.home.name,
					room: room.room,
					check_text: line.check_text,
					result,
				});
				line.result = result;
				line.show();
				this.count();
				if (result === "Defect") this.defect_dialog({ room: room.room, description: __(line.check_text) });
			})
				.attr("data-result", result)
				.appendTo(choice);
		}
		line.show();
	}

	// --- defects ---------------------------------------------------------------------------------------------------------

	defects() {
		const [box, head] = this.section(__("Defects"));
		this.defect_count = $('<span class="text-muted"></span>').appendTo(head);
		if (this.home.plan) {
			this.plan = $('<div class="kefu-home-plan"></div>').appendTo(box);
			$("<img>").attr("src", this.home.plan).attr("alt", __("Floor Plan")).appendTo(this.plan);
			this.plan.on("click", (event) => {
				if ($(event.target).is("button")) return;
				const frame = this.plan[0].getBoundingClientRect();
				const part = (position, start, length) => Math.round(((position - start) / length) * 10000) / 100;
				this.defect_dialog({
					plan_x: part(event.clientX, frame.left, frame.width),
					plan_y: part(event.clientY, frame.top, frame.height),
				});
			});
			$('<p class="text-muted small"></p>').text(__("Tap the plan where the defect is.")).appendTo(box);
		}
		this.defect_list = $("<div></div>").appendTo(box);
		this.button(__("Note a Defect"), "btn-default btn-block", () => this.defect_dialog({})).appendTo(box);
		this.draw_defects();
	}

	draw_defects() {
		this.defect_list.empty();
		if (this.plan) this.plan.children("button").remove();
		this.home.defects.forEach((defect, index) => {
			const card = $('<div class="kefu-home-defect"></div>').appendTo(this.defect_list);
			$("<strong></strong>")
				.text(`${index + 1}. ${defect.room} · ${__(defect.defect_kind)}`)
				.appendTo(card);
			if (defect.severity === "Serious") {
				$('<span class="indicator-pill red"></span>').text(__("Serious")).appendTo(card);
			}
			$("<div></div>").text(defect.description).appendTo(card);
			const foot = $('<div class="text-muted small"></div>').appendTo(card);
			$("<span></span>")
				.text(__("repair by {0}", [frappe.datetime.str_to_user(defect.due_date)]))
				.appendTo(foot);
			this.button(__("Remove"), "btn-link btn-sm", () =>
				frappe.confirm(__("Remove this defect?"), async () => {
					await frappe.xcall(HOME_CHECK + "drop_defect", { name: this.home.name, defect: defect.name });
					this.home.defects.splice(this.home.defects.indexOf(defect), 1);
					this.draw_defects();
				})
			).appendTo(foot);
			if (this.plan && (defect.plan_x || defect.plan_y)) {
				$('<button type="button" class="kefu-home-pin"></button>')
					.text(index + 1)
					.attr("aria-label", `${defect.room} ${defect.description}`)
					.css({ left: `${defect.plan_x}%`, top: `${defect.plan_y}%` })
					.on("click", () => card[0].scrollIntoView({ block: "center" }))
					.appendTo(this.plan);
			}
		});
		this.defect_count.text(this.home.defects.length ? String(this.home.defects.length) : __("none"));
	}

	defect_dialog(values) {
		const photos = [];
		const request_id = frappe.utils.get_random(20);
		const dialog = new frappe.ui.Dialog({
			title: __("Note a Defect"),
			fields: [
				{ fieldname: "room", fieldtype: "Select", label: __("Room"), reqd: 1, options: this.home.places },
				{
					fieldname: "defect_kind",
					fieldtype: "Select",
					label: __("Kind of Defect"),
					reqd: 1,
					options: this.home.kinds.map((kind) => ({ value: kind, label: __(kind) })),
				},
				{ fieldname: "description", fieldtype: "Small Text", label: __("Description"), reqd: 1 },
				{
					fieldname: "severity",
					fieldtype: "Select",
					label: __("Grade of the Defect"),
					default: "Minor",
					options: ["Minor", "Serious"].map((value) => ({ value, label: __(value) })),
				},
				{ fieldname: "pictures", fieldtype: "HTML" },
			],
			primary_action_label: __("Save"),
			primary_action: async (given) => {
				const data = new FormData();
				data.append("name", this.home.name);
				data.append("values", JSON.stringify({ ...values, ...given, request_id }));
				photos.forEach((file) => data.append("photos", file));
				dialog.disable_primary_action();
				const defect = await this.send("add_defect", data);
				dialog.enable_primary_action();
				if (!defect) return;
				if (!this.home.defects.some((row) => row.name === defect.name)) this.home.defects.push(defect);
				dialog.hide();
				this.draw_defects();
			},
		});
		const box = $(dialog.get_field("pictures").wrapper);
		const strip = $('<div class="kefu-home-photos"></div>').appendTo(box);
		const input = $('<input type="file" accept="image/*" capture="environment" multiple hidden>').appendTo(box);
		this.button(__("Photo"), "btn-default", () => input.trigger("click")).appendTo(box);
		input.on("change", () => {
			for (const file of input[0].files) {
				photos.push(file);
				const picture = document.createElement("img");
				picture.src = URL.createObjectURL(file);
				picture.alt = __("Photo");
				strip[0].appendChild(picture);
			}
			input.val("");
		});
		dialog.set_values(values);
		dialog.show();
	}

	// photos go as multipart, which xcall cannot send; the answer is undefined when it failed, and the user has been told
	async send(method, data) {
		try {
			const answer = await fetch(`/api/method/${HOME_CHECK}${method}`, {
				method: "POST",
				headers: { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" },
				body: data,
			});
			const body = await answer.json().catch(() => ({}));
			if (answer.ok) return body.message;
			const texts = JSON.parse(body._server_messages || "[]").map((text) => JSON.parse(text).message);
			frappe.msgprint(texts.join("<br>") || __("It was not saved. Try again."));
		} catch {
			frappe.msgprint(__("No connection. What you entered is still here: save again when you have a network."));
		}
	}

	// --- meters, keys, papers, signature ---------------------------------------------------------------------------------

	finishing() {
		const home = this.home;
		if (home.meters.length) {
			const [box] = this.section(__("Meters"));
			for (const meter of home.meters) {
				this.input(
					box,
					`${__(meter.meter_kind)} ${meter.meter_no}`,
					meter.reading_value,
					"decimal",
					(value) => {
						meter.reading_value = value;
					}
				);
			}
		}
		const [keys] = this.section(__("Keys"));
		if (!home.keys.length)
			$('<p class="text-muted"></p>').text(__("No key of this home is in the cabinets.")).appendTo(keys);
		for (const key of home.keys) {
			key.given = true;
			this.tick(keys, `${key.key_code} ${key.key_name}`, key.given, (on) => (key.given = on));
		}
		const [papers] = this.section(__("Papers to Sign"));
		for (const paper of home.papers) {
			const label = paper.required ? paper.paper : `${paper.paper} (${__("optional")})`;
			this.tick(papers, label, paper.signed, (on) => (paper.signed = on));
		}
		this.owners();
		const [identity] = this.section(__("Identity Check"));
		this.identity = { id_kind: "Resident ID Card", id_last4: "" };
		this.select(
			identity,
			__("Paper Shown"),
			["Resident ID Card", "Passport", "Driving Licence", "Other"],
			this.identity.id_kind,
			(value) => (this.identity.id_kind = value)
		);
		this.input(identity, __("Last Four Characters"), "", "text", (value) => (this.identity.id_last4 = value));
		const [sign] = this.section(__("Signature of the Buyer"));
		this.pad = new SignaturePad(sign);
		const bar = $('<div class="kefu-home-actions kefu-home-finish"></div>').appendTo(this.body);
		this.button(__("Buyer Refuses"), "btn-default", () => this.refuse()).appendTo(bar);
		this.button(__("Hand Over the Home"), "btn-primary", (event) => this.finish($(event.currentTarget))).appendTo(
			bar
		);
	}

	input(box, label, value, mode, changed) {
		const field = $('<label class="kefu-home-field"></label>').appendTo(box);
		$("<span></span>").text(label).appendTo(field);
		$('<input type="text" class="form-control" autocomplete="off">')
			.attr("inputmode", mode)
			.val(value)
			.on("input", (event) => changed(event.target.value.trim()))
			.appendTo(field);
	}

	select(box, label, options, value, changed) {
		const field = $('<label class="kefu-home-field"></label>').appendTo(box);
		$("<span></span>").text(label).appendTo(field);
		const list = $('<select class="form-control"></select>').appendTo(field);
		for (const option of options) $("<option></option>").attr("value", option).text(__(option)).appendTo(list);
		list.val(value).on("change", () => changed(list.val()));
	}

	tick(box, label, on, changed) {
		const field = $('<label class="kefu-home-tick"></label>').appendTo(box);
		$('<input type="checkbox">')
			.prop("checked", Boolean(on))
			.on("change", (event) => changed(event.target.checked))
			.appendTo(field);
		$("<span></span>").text(label).appendTo(field);
	}

	owners() {
		const [box] = this.section(__("Owners"));
		this.owner_list = $("<div></div>").appendTo(box);
		this.button(__("Add an Owner"), "btn-default btn-block", () => this.owner_dialog()).appendTo(box);
		this.draw_owners();
	}

	draw_owners() {
		this.owner_list.empty();
		for (const person of this.home.people) {
			const row = $('<div class="kefu-home-owner"></div>').appendTo(this.owner_list);
			$("<strong></strong>")
				.text(person.resident_name || person.name)
				.appendTo(row);
			$("<span></span>")
				.text(person.relation === "Family" ? __(person.relation) : `${__(person.relation)} ${person.share}%`)
				.appendTo(row);
			this.button(__("Remove"), "btn-link btn-sm", () => {
				this.home.people.splice(this.home.people.indexOf(person), 1);
				this.draw_owners();
			}).appendTo(row);
		}
		if (!this.home.people.length) {
			$('<p class="text-muted"></p>').text(__("Register who buys the home.")).appendTo(this.owner_list);
		}
	}

	owner_dialog() {
		const first = !this.home.people.length;
		const dialog = new frappe.ui.Dialog({
			title: __("Add an Owner"),
			fields: [
				{ fieldname: "name", fieldtype: "Data", label: __("Name"), reqd: 1 },
				{ fieldname: "phone", fieldtype: "Data", label: __("Phone"), reqd: 1 },
				{
					fieldname: "relation",
					fieldtype: "Select",
					label: __("Relation"),
					default: first ? "Owner" : "Co-owner",
					options: ["Owner", "Co-owner", "Family"].map((value) => ({ value, label: __(value) })),
				},
				{ fieldname: "share", fieldtype: "Float", label: __("Share in %"), default: first ? 100 : 0 },
				{
					fieldname: "id_type",
					fieldtype: "Select",
					label: __("ID Type"),
					default: "Resident ID Card",
					options: ["Resident ID Card", "Passport", "Other"].map((value) => ({ value, label: __(value) })),
				},
				{ fieldname: "id_number", fieldtype: "Data", label: __("ID Number") },
			],
			primary_action_label: __("Add"),
			primary_action: (values) => {
				this.home.people.push(values);
				dialog.hide();
				this.draw_owners();
			},
		});
		dialog.show();
	}

	async finish(button) {
		const home = this.home;
		button.prop("disabled", true);
		try {
			const done = await frappe.xcall(HOME_CHECK + "finish", {
				name: home.name,
				values: JSON.stringify({
					people: home.people,
					meters: home.meters,
					given_keys: home.keys.filter((key) => key.given).map((key) => key.name),
					signed: home.papers.filter((paper) => paper.signed).map((paper) => paper.paper),
					signature: this.pad.value(),
					...this.identity,
				}),
			});
			this.done(done);
		} finally {
			button.prop("disabled", false);
		}
	}

	done({ status, open_defects }) {
		this.body.empty();
		$('<div class="kefu-home-note kefu-home-good" role="status"></div>')
			.text(
				open_defects
					? __("{0} is handed over. {1} defects go to the contractors.", [this.home.unit_code, open_defects])
					: __("{0} is handed over.", [this.home.unit_code])
			)
			.attr("data-status", status)
			.appendTo(this.body);
		const print = (format) =>
			frappe.urllib.get_full_url(
				`/printview?doctype=Home%20Handover&name=${encodeURIComponent(this.home.name)}&format=${encodeURIComponent(format)}&trigger_print=1`
			);
		for (const format of ["Home Check Sheet", "Home Handover Receipt"]) {
			$('<a class="btn btn-default btn-block" target="_blank" rel="noopener"></a>')
				.attr("href", print(format))
				.text(__("Print: {0}", [__(format)]))
				.appendTo(this.body);
		}
		this.button(__("Next Home"), "btn-primary btn-block", () => frappe.set_route("handover-desk")).appendTo(
			this.body
		);
	}

	refuse() {
		frappe.prompt(
			[{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason of the Refusal"), reqd: 1 }],
			async ({ reason }) => {
				await frappe.xcall(HOME_CHECK + "refuse", { name: this.home.name, reason });
				this.open(this.home.name);
			},
			__("The buyer refuses the home")
		);
	}
}

// A canvas for a finger or a pen; `value()` is a PNG as data address, empty while nothing is drawn.
class SignaturePad {
	constructor(box) {
		this.canvas = $('<canvas class="kefu-home-sign" width="600" height="240"></canvas>')
			.attr("aria-label", __("Signature of the Buyer"))
			.appendTo(box)[0];
		this.pen = this.canvas.getContext("2d");
		this.pen.lineWidth = 4;
		this.pen.lineCap = this.pen.lineJoin = "round";
		this.pen.strokeStyle = "#111";
		this.drawn = false;
		this.canvas.addEventListener("pointerdown", (event) => {
			this.canvas.setPointerCapture(event.pointerId);
			this.pen.beginPath();
			this.pen.moveTo(...this.point(event));
			this.down = true;
		});
		this.canvas.addEventListener("pointermove", (event) => {
			if (!this.down) return;
			this.pen.lineTo(...this.point(event));
			this.pen.stroke();
			this.drawn = true;
		});
		for (const name of ["pointerup", "pointercancel"]) {
			this.canvas.addEventListener(name, () => (this.down = false));
		}
		$('<button type="button" class="btn btn-default btn-sm"></button>')
			.text(__("Clear"))
			.on("click", () => {
				this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
				this.drawn = false;
			})
			.appendTo(box);
	}

	point(event) {
		const frame = this.canvas.getBoundingClientRect();
		return [
			((event.clientX - frame.left) * this.canvas.width) / frame.width,
			((event.clientY - frame.top) * this.canvas.height) / frame.height,
		];
	}

	value() {
		return this.drawn ? this.canvas.toDataURL("image/png") : "";
	}
}
