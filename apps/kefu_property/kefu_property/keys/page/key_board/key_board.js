// Pictures of the key cabinets; a scanner's field lends and takes back without the mouse (D14).
frappe.pages["key-board"].on_page_load = (wrapper) => {
	wrapper.board = new KeyBoard(wrapper);
};

frappe.pages["key-board"].on_page_show = (wrapper) => wrapper.board && wrapper.board.refresh();

const KEY_TONES = { "In Cabinet": "in", "On Loan": "out", Lost: "lost" };

class KeyBoard {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Key Board"), single_column: true });
		this.list = [];
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Select",
			label: __("Project"),
			change: () => this.refresh(),
		});
		this.page.set_primary_action(__("New Loan"), () => this.lend());
		this.page.add_menu_item(__("Key Loans"), () => frappe.set_route("List", "Key Loan"));
		this.page.add_menu_item(__("Count a Cabinet"), () => frappe.new_doc("Key Count"));
		this.body = $('<div class="kefu-keys"></div>').appendTo(this.page.main);
		this.scanner = $('<input type="text" class="form-control kefu-keys-scan" autocomplete="off">')
			.attr("placeholder", __("Scan or type a key tag, then Enter"))
			.attr("aria-label", __("Key tag"))
			.appendTo($('<div class="kefu-keys-bar"></div>').appendTo(this.body));
		this.basket = $('<div class="kefu-keys-basket" aria-live="polite"></div>').appendTo(this.body);
		this.picture = $('<div class="kefu-keys-picture"></div>').appendTo(this.body);
		this.scanner.on("keydown", (event) => {
			if (event.key === "Enter" && this.scanner.val().trim()) this.scan(this.scanner.val().trim());
		});
		frappe.realtime.doctype_subscribe?.("Property Key");
		frappe.realtime.on("kefu_keys_moved", (data) => {
			if (data.project === this.project.get_value()) this.draw();
		});
	}

	async refresh() {
		if (!this.projects) {
			this.projects = await frappe.xcall("kefu_property.keys.page.key_board.key_board.get_projects");
			this.project.df.options = this.projects.map((p) => ({ value: p.name, label: p.project_name }));
			this.project.refresh();
			if (this.projects.length) await this.project.set_value(this.projects[0].name);
		}
		await this.draw();
		this.scanner.trigger("focus");
	}

	async draw() {
		const project = this.project.get_value();
		if (!project) {
			this.picture.empty();
			$('<p class="text-muted"></p>')
				.text(__("No cabinet yet. Create a key cabinet first."))
				.appendTo(this.picture);
			return;
		}
		const board = await frappe.xcall("kefu_property.keys.page.key_board.key_board.get_board", { project });
		this.picture.empty();
		this.legend();
		for (const cabinet of board.cabinets) this.cabinet(cabinet);
		if (board.without_hook.length) {
			$("<h5></h5>").text(__("Without a hook")).appendTo(this.picture);
			const row = $('<div class="kefu-keys-loose"></div>').appendTo(this.picture);
			board.without_hook.forEach((key) => row.append(this.hook({ hook: "", keys: [key] })));
		}
	}

	legend() {
		const legend = $('<div class="kefu-keys-legend text-muted"></div>').appendTo(this.picture);
		for (const [tone, text] of [
			["in", __("In Cabinet")],
			["out", __("On Loan")],
			["late", __("Overdue")],
			["lost", __("Lost")],
			["free", __("Free hook")],
		]) {
			$(`<span><i class="kefu-key-${tone}"></i></span>`).append(document.createTextNode(text)).appendTo(legend);
		}
	}

	cabinet(cabinet) {
		const box = $('<section class="kefu-cabinet"></section>').appendTo(this.picture);
		const title = cabinet.place ? `${cabinet.cabinet_name} · ${cabinet.place}` : cabinet.cabinet_name;
		$("<h5></h5>").text(title).appendTo(box);
		const grid = $('<div class="kefu-cabinet-grid"></div>')
			.css("grid-template-columns", `repeat(${cabinet.hooks_per_row}, minmax(64px, 1fr))`)
			.appendTo($('<div class="kefu-cabinet-scroll"></div>').appendTo(box));
		cabinet.rows.flat().forEach((hook) => grid.append(this.hook(hook)));
	}

	hook({ hook, keys }) {
		const away = keys.find((key) => key.status !== "In Cabinet");
		const shown = away || keys[0];
		const tone = shown ? (shown.overdue ? "late" : KEY_TONES[shown.status]) : "free";
		const cell = $('<button type="button" class="kefu-hook"></button>').addClass(`kefu-key-${tone}`);
		$('<span class="kefu-hook-name"></span>').text(hook).appendTo(cell);
		if (!shown) return cell.prop("disabled", true);
		$('<span class="kefu-hook-key"></span>')
			.text(keys.length > 1 ? `${shown.key_code} +${keys.length - 1}` : shown.key_code)
			.appendTo(cell);
		$('<span class="kefu-hook-text"></span>')
			.text(shown.holder || shown.key_name)
			.appendTo(cell);
		cell.attr("title", keys.map((key) => `${key.key_code} ${key.key_name} – ${__(key.status)}`).join("\n"));
		return cell.on("click", () => this.show(keys));
	}

	show(keys) {
		const dialog = new frappe.ui.Dialog({ title: __("Keys on this hook") });
		for (const key of keys) {
			const line = $('<div class="kefu-key-line"></div>').appendTo(dialog.body);
			const facts = [__(key.status), key.holder, key.due_on && frappe.datetime.str_to_user(key.due_on)];
			const text = $("<div></div>").appendTo(line);
			$("<strong></strong>").text(`${key.key_code} ${key.key_name}`).appendTo(text);
			$('<div class="text-muted"></div>').text(facts.filter(Boolean).join(" · ")).appendTo(text);
			const action = (label, run) =>
				$('<button class="btn btn-xs btn-default"></button>')
					.text(label)
					.on("click", () => {
						dialog.hide();
						run();
					})
					.appendTo(line);
			if (key.status === "In Cabinet") action(__("Put on the list"), () => this.add(key));
			if (key.status === "On Loan") action(__("Take Back"), () => this.scan(key.key_code));
			if (["In Cabinet", "On Loan"].includes(key.status)) {
				action(__("Report Loss"), () =>
					frappe.new_doc("Key Loss", { project: this.project.get_value(), property_key: key.name })
				);
			}
			action(__("Open"), () => frappe.set_route("Form", "Property Key", key.name));
		}
		dialog.show();
	}

	async scan(code) {
		this.scanner.val("");
		try {
			const answer = await frappe.xcall("kefu_property.keys.page.key_board.key_board.scan", {
				project: this.project.get_value(),
				code,
			});
			if (answer.action === "lend") {
				this.add(answer.key);
				return;
			}
			const text = answer.open_items
				? __("{0} is back, {1} still out.", [answer.key.key_code, answer.open_items])
				: __("{0} is back, the loan is closed.", [answer.key.key_code]);
			frappe.show_alert({ message: frappe.utils.escape_html(text), indicator: "green" });
			await this.draw();
		} finally {
			this.scanner.trigger("focus");
		}
	}

	add(key) {
		if (!this.list.some((other) => other.name === key.name)) this.list.push(key);
		this.draw_basket();
	}

	draw_basket() {
		this.basket.empty().toggle(this.list.length > 0);
		if (!this.list.length) return;
		$("<span></span>").text(__("To lend:")).appendTo(this.basket);
		for (const key of this.list) {
			$('<button type="button" class="btn btn-xs btn-default"></button>')
				.text(`${key.key_code} ×`)
				.attr("aria-label", __("Remove {0}", [key.key_code]))
				.on("click", () => {
					this.list = this.list.filter((other) => other.name !== key.name);
					this.draw_basket();
				})
				.appendTo(this.basket);
		}
		$('<button type="button" class="btn btn-xs btn-primary"></button>')
			.text(__("Lend {0} Keys", [this.list.length]))
			.on("click", () => this.lend())
			.appendTo(this.basket);
	}

	async lend() {
		const keys = this.list;
		this.list = [];
		this.draw_basket();
		await frappe.model.with_doctype("Key Loan");
		const doc = frappe.model.get_new_doc("Key Loan");
		doc.project = this.project.get_value();
		for (const key of keys) {
			const row = frappe.model.add_child(doc, "Key Loan Item", "items");
			Object.assign(row, { property_key: key.name, key_code: key.key_code, key_name: key.key_name });
		}
		frappe.set_route("Form", "Key Loan", doc.name);
	}
}
