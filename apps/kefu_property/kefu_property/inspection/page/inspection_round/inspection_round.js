// Checks on a phone: take the sheets along, scan the label, answer, photograph; without a network they wait on the phone (D5).
frappe.pages["inspection-round"].on_page_load = (wrapper) => {
	wrapper.round = new InspectionRound(wrapper);
};

frappe.pages["inspection-round"].on_page_show = (wrapper) => wrapper.round && wrapper.round.show();

const ROUND = "kefu_property.inspection.page.inspection_round.inspection_round.";
const LONGEST_SIDE = 1600;

class InspectionRound {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Inspection Round"), single_column: true });
		this.body = $('<div class="kefu-patrol kefu-round"></div>').appendTo(this.page.main);
		this.queue = frappe.kefu.inspection_queue;
		this.queue.listeners.add(() => this.waiting());
		this.page.set_secondary_action(__("Refresh"), () => this.show());
	}

	async show() {
		const [, first, second] = frappe.get_route();
		if (first === "task") return this.open_task(second);
		if (first) return this.open_code(first);
		this.clear();
		this.queue.flush();
		const data = await this.load();
		if (frappe.get_route()[1]) return;
		this.list(data.tasks);
	}

	clear() {
		this.body.empty();
		this.notice = $('<div hidden class="kefu-round-waiting" role="status"></div>').appendTo(this.body);
		this.waiting();
		this.search();
	}

	// From the server, or as it was last taken along.
	async load() {
		try {
			this.data = await this.ask("due");
			await this.queue.keep_sheets(this.data);
		} catch (error) {
			if (error.refused) throw error;
			const kept = await this.queue.sheets();
			this.data = kept?.data || { tasks: [], templates: {}, readings: {} };
			$('<p class="text-muted"></p>')
				.text(
					kept
						? __("No connection. These checks were taken along on {0}.", [
								frappe.datetime.str_to_user(kept.kept_on),
							])
						: __("No connection, and nothing was taken along yet.")
				)
				.appendTo(this.body);
		}
		return this.data;
	}

	// A plain request: the framework's own would show a message when there is no network.
	async ask(method, args = {}) {
		const answer = await fetch(`/api/method/${ROUND}${method}?${new URLSearchParams(args)}`, {
			headers: { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" },
		});
		const body = await answer.json();
		if (answer.ok) return body.message;
		const error = new Error(body.exc_type);
		error.refused = true;
		const texts = JSON.parse(body._server_messages || "[]").map((text) => JSON.parse(text).message);
		frappe.msgprint(texts.join("<br>") || __("Sign in again."));
		throw error;
	}

	search() {
		const bar = $('<form class="kefu-patrol-bar"></form>').appendTo(this.body);
		const input = $('<input type="text" class="form-control" autocomplete="off" autocapitalize="characters">')
			.attr("placeholder", __("Code of the label"))
			.attr("aria-label", __("Code of the label"))
			.appendTo(bar);
		$('<button type="submit" class="btn btn-primary"></button>').text(__("Search")).appendTo(bar);
		this.scanner(bar, (code) => this.go(code));
		bar.on("submit", (event) => {
			event.preventDefault();
			if (input.val().trim()) this.go(input.val().trim());
		});
	}

	scanner(parent, found) {
		if (!("BarcodeDetector" in window)) return;
		const picture = $('<input type="file" accept="image/*" capture="environment" hidden>').appendTo(parent);
		$('<button type="button" class="btn btn-default"></button>')
			.text(__("Scan"))
			.on("click", () => picture.trigger("click"))
			.appendTo(parent);
		picture.on("change", async () => {
			const image = await createImageBitmap(picture[0].files[0]);
			const codes = await new window.BarcodeDetector({ formats: ["qr_code"] }).detect(image);
			picture.val("");
			if (codes.length) found(codes[0].rawValue);
			else frappe.show_alert({ message: __("No code was found in the picture."), indicator: "orange" });
		});
	}

	code_of(text) {
		return text.replace(/\/+$/, "").split("/").pop().toUpperCase();
	}

	go(text) {
		frappe.set_route("inspection-round", this.code_of(text));
	}

	list(tasks) {
		const today = frappe.datetime.get_today();
		$("<h5></h5>")
			.text(__("To be checked: {0}", [tasks.length]))
			.appendTo(this.body);
		if (!tasks.length)
			$('<p class="text-muted"></p>').text(__("Nothing has to be checked now.")).appendTo(this.body);
		for (const task of tasks) {
			const late = task.status === "Missed Check" || String(task.due_on).slice(0, 10) < today;
			const card = $('<button type="button" class="kefu-patrol-card"></button>').appendTo(this.body);
			$("<strong></strong>").text(task.facility_name).appendTo(card);
			$('<span class="indicator-pill"></span>')
				.addClass(late ? "red" : "blue")
				.text(late ? __("Missed Check") : frappe.datetime.str_to_user(task.scheduled_for))
				.appendTo(card);
			$('<span class="text-muted"></span>')
				.text([task.location, __(task.template)].filter(Boolean).join(" · "))
				.appendTo(card);
			card.on("click", () => frappe.set_route("inspection-round", "task", task.name));
		}
	}

	async open_task(name) {
		this.clear();
		if (!this.data?.tasks.some((row) => row.name === name)) await this.load();
		const task = this.data.tasks.find((row) => row.name === name);
		if (!task) {
			$('<p class="text-muted"></p>').text(__("This check is not among yours any more.")).appendTo(this.body);
			return;
		}
		this.sheet(task);
	}

	async open_code(text) {
		const code = this.code_of(text);
		this.clear();
		let found;
		try {
			found = await this.ask("find", { code });
		} catch (error) {
			if (error.refused) return;
			const data = await this.load();
			return this.list(data.tasks.filter((row) => row.code === code));
		}
		this.data = { ...found, tasks: found.tasks };
		this.facts(found);
		this.scanned = code;
		if (found.tasks.length) this.list(found.tasks);
		$("<h5></h5>").text(__("Check without a plan")).appendTo(this.body);
		for (const template of found.extra) {
			$('<button type="button" class="btn btn-default btn-block"></button>')
				.text(__(template))
				.on("click", () => {
					this.clear();
					this.sheet({
						facility: found.facility.name,
						facility_name: found.facility.facility_name,
						location: found.facility.location,
						code,
						template,
					});
				})
				.appendTo(this.body);
		}
	}

	facts(found) {
		const facility = found.facility;
		const box = $('<section class="kefu-patrol-facts"></section>').appendTo(this.body);
		const head = $("<div></div>").appendTo(box);
		$("<strong></strong>").text(facility.facility_name).appendTo(head);
		$('<span class="indicator-pill"></span>')
			.addClass(facility.status === "In Use" ? "green" : "orange")
			.text(__(facility.status))
			.appendTo(head);
		for (const text of [
			[__(facility.category), facility.location].filter(Boolean).join(" · "),
			facility.brand,
			facility.last_checked_on && __("Last check: {0}", [frappe.datetime.str_to_user(facility.last_checked_on)]),
		].filter(Boolean)) {
			$('<div class="kefu-patrol-text"></div>').text(text).appendTo(box);
		}
		for (const row of found.defects) {
			$('<a class="kefu-patrol-violation"></a>')
				.attr("href", `/app/rectification/${encodeURIComponent(row.name)}`)
				.text(`${row.item_text ? __(row.item_text) : row.description} · ${__(row.status)}`)
				.appendTo(box);
		}
	}

	// kept: a check of the queue that comes back to be corrected
	sheet(task, kept = null) {
		const template = this.data.templates[task.template];
		this.task = task;
		this.check_id = kept?.id || frappe.utils.get_random(20);
		this.code = kept?.code || (this.scanned === task.code ? task.code : null);
		const box = $('<section class="kefu-patrol-facts"></section>').appendTo(this.body);
		const head = $("<div></div>").appendTo(box);
		$("<strong></strong>").text(task.facility_name).appendTo(head);
		const pill = $('<span class="indicator-pill"></span>').appendTo(head);
		const show_code = () =>
			pill
				.attr("class", `indicator-pill ${this.code ? "green" : "orange"}`)
				.text(this.code ? __("Label scanned") : template.scan ? __("Scan the label") : __("Label not scanned"));
		show_code();
		$('<div class="kefu-patrol-text"></div>')
			.text([task.location, __(task.template)].filter(Boolean).join(" · "))
			.appendTo(box);
		this.body.find(".kefu-patrol-bar").remove();
		this.label(task, show_code);
		this.lines = template.items.map((item) => new CheckLine(this, item, kept));
		this.note = $('<textarea class="form-control" rows="2"></textarea>')
			.attr("placeholder", __("Remark"))
			.attr("aria-label", __("Remark"))
			.val(kept?.note || "")
			.appendTo(this.body);
		const bar = $('<div class="kefu-patrol-actions"></div>').appendTo(this.body);
		$('<button type="button" class="btn btn-default"></button>')
			.text(__("Back"))
			.on("click", () => this.back())
			.appendTo(bar);
		this.button = $('<button type="button" class="btn btn-primary"></button>')
			.text(__("Send Check"))
			.on("click", () => this.send())
			.appendTo(bar);
	}

	label(task, changed) {
		const bar = $('<form class="kefu-patrol-bar kefu-round-label"></form>').appendTo(this.body);
		const input = $('<input type="text" class="form-control" autocomplete="off" autocapitalize="characters">')
			.attr("placeholder", __("Code of the label"))
			.attr("aria-label", __("Code of the label"))
			.appendTo(bar);
		const take = (text) => {
			const code = this.code_of(text);
			if (task.code && code !== task.code) {
				frappe.msgprint(__("This is the label of another facility. Go to {0}.", [task.facility_name]));
				return;
			}
			this.code = code;
			changed();
			bar.remove();
		};
		$('<button type="submit" class="btn btn-default"></button>').text(__("Confirm")).appendTo(bar);
		this.scanner(bar, take);
		bar.on("submit", (event) => {
			event.preventDefault();
			if (input.val().trim()) take(input.val().trim());
		});
		if (this.code) bar.remove();
	}

	back() {
		if (frappe.get_route()[1]) frappe.set_route("inspection-round");
		else this.show();
	}

	async send() {
		const open = this.lines.find((line) => line.missing());
		if (open) {
			frappe.show_alert({ message: open.missing(), indicator: "orange" });
			open.row[0].scrollIntoView({ behavior: "smooth", block: "center" });
			return;
		}
		this.button.prop("disabled", true);
		const id = this.check_id;
		await this.queue.put({
			id,
			user: frappe.session.user,
			state: "waiting",
			title: `${this.task.facility_name} · ${__(this.task.template)}`,
			task: this.task.name,
			facility: this.task.facility,
			template: this.task.template,
			code: this.code,
			performed_on: frappe.datetime.now_datetime(),
			note: this.note.val(),
			answers: this.lines.map((line) => line.answer()),
			photos: this.lines.flatMap((line) => line.photos),
		});
		if (this.queue.flushing) await this.queue.flushing;
		const outcome = (await this.queue.flush())[id] || { state: "waiting" };
		this.done(outcome);
	}

	async done(outcome) {
		const task = this.task;
		if (this.data) {
			this.data.tasks = this.data.tasks.filter((row) => !task.name || row.name !== task.name);
			if (outcome.state !== "sent") await this.queue.keep_sheets(this.data);
		}
		this.scanned = null;
		this.clear();
		this.body.find(".kefu-patrol-bar").remove();
		const box = $('<div class="kefu-round-done"></div>').appendTo(this.body);
		const text = {
			sent: () => __("The check of {0} is sent: {1}", [task.facility_name, __(outcome.result?.result)]),
			conflict: () => outcome.message,
			refused: () => outcome.message,
			"signed out": () => __("Kept on this phone. Sign in again, then it is sent."),
		}[outcome.state];
		$(
			`<div class="${outcome.state === "conflict" || outcome.state === "refused" ? "kefu-patrol-refused" : "kefu-patrol-done"}" role="status"></div>`
		)
			.text(
				text
					? text()
					: __("No connection. The check is kept on this phone and sent as soon as there is a network.")
			)
			.appendTo(box);
		$('<button type="button" class="btn btn-primary btn-block"></button>')
			.text(__("Check the Next One"))
			.on("click", () => this.back())
			.appendTo(box);
	}

	// What this phone still holds: waiting, of somebody else, in conflict or refused.
	async waiting() {
		const notice = this.notice;
		const checks = await this.queue.checks();
		if (notice !== this.notice) return;
		notice.empty().prop("hidden", !checks.length);
		if (!checks.length) return;
		const mine = checks.filter((check) => check.user === frappe.session.user);
		const ready = mine.filter((check) => check.state === "waiting");
		$("<strong></strong>")
			.text(__("Kept on this phone: {0}", [checks.length]))
			.appendTo(notice);
		if (ready.length) {
			$('<button type="button" class="btn btn-default btn-sm"></button>')
				.text(__("Send Now"))
				.on("click", () => this.queue.flush())
				.appendTo(notice);
		}
		for (const check of checks) {
			const row = $('<div class="kefu-round-kept"></div>').appendTo(notice);
			$("<span></span>")
				.text(`${frappe.datetime.str_to_user(check.performed_on)} ${check.title}`)
				.appendTo(row);
			if (check.user !== frappe.session.user) {
				$("<small></small>")
					.text(__("Waits until {0} signs in.", [check.user]))
					.appendTo(row);
				continue;
			}
			if (check.state === "waiting") continue;
			$("<span></span>").text(check.message).appendTo(row);
			this.decide(check, $("<div></div>").appendTo(row));
		}
	}

	decide(check, parent) {
		const button = (label, action) =>
			$('<button type="button" class="btn btn-default btn-sm"></button>')
				.text(label)
				.on("click", action)
				.appendTo(parent);
		if (check.state === "conflict") {
			button(__("Keep as Extra Check"), async () => {
				await this.queue.put({ ...check, task: null, state: "waiting", message: null });
				await this.queue.flush();
			});
		} else if (this.data?.templates[check.template]) {
			button(__("Correct"), () => {
				this.clear();
				this.sheet(
					this.data.tasks.find((row) => row.name === check.task) || {
						name: check.task,
						facility: check.facility,
						facility_name: check.title.split(" · ")[0],
						template: check.template,
					},
					check
				);
			});
		}
		button(__("Discard Check"), () =>
			frappe.confirm(__("Discard this check? It was not sent."), () => this.queue.remove(check.id))
		);
	}
}

// One line of the sheet: an answer, what is wrong, photos.
class CheckLine {
	constructor(round, item, kept) {
		this.item = item;
		this.photos = [];
		this.state = { item: item.name, answer: "", remark: "", not_applicable: false, counter_replaced: false };
		this.before = round.data.readings?.[round.task.facility]?.[item.item_text];
		this.row = $('<fieldset class="kefu-patrol-check"></fieldset>')
			.attr("data-item", item.item_text)
			.appendTo(round.body);
		$("<legend></legend>").text(__(item.item_text)).appendTo(this.row);
		if (item.standard) $('<div class="kefu-round-hint"></div>').text(item.standard).appendTo(this.row);
		this.input();
		this.remark = $('<input type="text" class="form-control" hidden>')
			.attr("placeholder", __("What is wrong?"))
			.attr("aria-label", __("What is wrong?"))
			.on("input", () => (this.state.remark = this.remark.val()))
			.appendTo(this.row);
		this.camera();
		if (kept) this.restore(kept);
	}

	choices() {
		if (this.item.answer_type === "Yes or No") {
			return [
				["Yes", __("OK"), false],
				["No", __("Problem"), true],
			];
		}
		return (this.item.choices || "")
			.split("\n")
			.map((text) => text.trim())
			.filter(Boolean)
			.map((text) => [text.replace(/^[!！]\s*/, ""), __(text.replace(/^[!！]\s*/, "")), /^[!！]/.test(text)]);
	}

	input() {
		const numeric = !["Yes or No", "Choice"].includes(this.item.answer_type);
		this.choice = $('<div class="kefu-patrol-choice"></div>');
		if (numeric) this.number();
		else for (const [value, label, defect] of this.choices()) this.option(value, label, defect);
		this.option(null, __("Not Applicable"), false);
		if (this.choice.children().length > 3) this.choice.addClass("kefu-round-many");
		this.choice.appendTo(numeric ? this.line : this.row);
	}

	option(value, label, defect) {
		$('<button type="button" class="btn btn-default" aria-pressed="false"></button>')
			.text(label)
			.attr("data-result", value === null ? "NA" : value)
			.attr("data-defect", defect ? "1" : null)
			.on("click", () => this.choose(value))
			.appendTo(this.choice);
	}

	choose(value) {
		this.state.not_applicable = value === null;
		this.state.answer = value === null ? "" : value;
		if (value === null && this.field) this.field.val("");
		this.mark();
	}

	mark() {
		const chosen = this.state.not_applicable ? "NA" : this.state.answer;
		for (const button of this.choice.children()) {
			button.setAttribute("aria-pressed", String(button.dataset.result === chosen));
		}
		this.remark.prop("hidden", !this.problem());
	}

	number() {
		this.line = $('<div class="kefu-round-number"></div>').appendTo(this.row);
		this.field = $('<input type="text" inputmode="decimal" class="form-control" autocomplete="off">')
			.attr("aria-label", __(this.item.item_text))
			.on("input", () => {
				this.state.answer = this.field.val().trim().replace(",", ".");
				this.state.not_applicable = false;
				this.mark();
			})
			.appendTo(this.line);
		const top = this.item.answer_type === "Score" ? `/ ${this.item.max_value || 10}` : this.item.measure;
		if (top) $("<span></span>").text(top).appendTo(this.line);
		const limits = [
			this.item.min_value && __("at least {0}", [this.item.min_value]),
			this.item.max_value && this.item.answer_type !== "Score" && __("at most {0}", [this.item.max_value]),
			this.before && __("reading before: {0}", [this.before]),
		].filter(Boolean);
		if (limits.length)
			$('<div class="kefu-round-hint"></div>')
				.text(limits.join(__(", ")))
				.appendTo(this.row);
		if (this.item.answer_type !== "Meter Reading" || !this.before) return;
		const label = $('<label class="kefu-round-hint"></label>').appendTo(this.row);
		$('<input type="checkbox">')
			.on("change", (event) => (this.state.counter_replaced = event.target.checked))
			.appendTo(label);
		$("<span></span>")
			.text(` ${__("The counter was replaced")}`)
			.appendTo(label);
	}

	problem() {
		if (this.state.not_applicable || this.state.answer === "") return false;
		if (this.field) {
			const value = Number(this.state.answer);
			const { min_value: low, max_value: high, answer_type: kind } = this.item;
			return Boolean((low && value < low) || (kind !== "Score" && high && value > high));
		}
		return this.choices().some(([value, , defect]) => defect && value === this.state.answer);
	}

	missing() {
		const name = __(this.item.item_text);
		if (this.state.not_applicable) return null;
		if (this.state.answer === "") return __("{0} is not answered yet.", [name]);
		if (this.field && !Number.isFinite(Number(this.state.answer))) return __("{0}: enter a number.", [name]);
		if (
			this.item.answer_type === "Meter Reading" &&
			this.before &&
			Number(this.state.answer) < Number(this.before) &&
			!this.state.counter_replaced
		) {
			return __("{0}: the reading before was {1}.", [name, this.before]);
		}
		if (this.problem() && !this.state.remark.trim()) return __("{0}: say what is wrong.", [name]);
		if (this.item.photo_required && !this.photos.length) return __("{0}: take a photo.", [name]);
		return null;
	}

	camera() {
		const line = $('<div class="kefu-round-photo"></div>').appendTo(this.row);
		const input = $('<input type="file" accept="image/*" capture="environment" multiple hidden>').appendTo(line);
		$('<button type="button" class="btn btn-default btn-sm"></button>')
			.text(this.item.photo_required ? __("Photo Required") : __("Photo"))
			.on("click", () => input.trigger("click"))
			.appendTo(line);
		this.strip = line;
		input.on("change", async () => {
			for (const file of input[0].files) this.add_photo(await smaller(file));
			input.val("");
		});
	}

	add_photo(file) {
		this.photos.push(file);
		const picture = document.createElement("img");
		picture.src = URL.createObjectURL(file);
		picture.alt = __("Photo");
		this.strip[0].appendChild(picture);
	}

	answer() {
		return { ...this.state, photos: this.photos.length };
	}

	restore(kept) {
		let first = 0;
		for (const row of kept.answers) {
			if (row.item === this.item.name) {
				Object.assign(this.state, row);
				for (const photo of kept.photos.slice(first, first + row.photos)) this.add_photo(photo);
				if (this.field) this.field.val(row.answer);
				this.remark.val(row.remark);
				this.mark();
			}
			first += row.photos;
		}
	}
}

// A photo small enough for a weak network; what cannot be drawn goes as it is and is judged by the server.
async function smaller(file) {
	try {
		const image = await createImageBitmap(file);
		const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
		const canvas = document.createElement("canvas");
		canvas.width = Math.round(image.width * scale);
		canvas.height = Math.round(image.height * scale);
		canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
		return (await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85))) || file;
	} catch {
		return file;
	}
}
