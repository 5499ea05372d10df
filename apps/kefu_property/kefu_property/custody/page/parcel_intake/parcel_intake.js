// Parcels in, one after the other, with scanner and keyboard only (D20): number, Enter, recipient, Enter.
frappe.pages["parcel-intake"].on_page_load = (wrapper) => {
	wrapper.intake = new ParcelIntake(wrapper);
};

frappe.pages["parcel-intake"].on_page_show = (wrapper) => wrapper.intake && wrapper.intake.refresh();

class ParcelIntake {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Parcel Intake"), single_column: true });
		this.received = [];
		this.page.set_primary_action(__("Print Labels"), () => this.print());
		this.page.add_menu_item(__("Items in Custody"), () => frappe.set_route("List", "Custody Item"));
		this.body = $('<div class="kefu-intake"></div>').appendTo(this.page.main);
		const form = $('<div class="kefu-intake-form"></div>').appendTo(this.body);
		this.shelf = this.field(form, "select", __("Shelf"));
		this.number = this.field(form, "input", __("Tracking Number"));
		this.recipient = this.field(form, "input", __("Home, name or last four digits of the phone"));
		this.hint = $('<p class="text-muted"></p>')
			.text(__("Scan the number, then the home or name, each with Enter. A digit chooses among several people."))
			.appendTo(this.body);
		this.choices = $('<div class="kefu-intake-choices" aria-live="polite"></div>').appendTo(this.body);
		this.counter = $('<h4 class="kefu-intake-counter"></h4>').appendTo(this.body);
		const table = $('<table class="table table-sm"></table>').appendTo(this.body);
		const head = $("<tr></tr>").appendTo($("<thead></thead>").appendTo(table));
		for (const label of [__("Label"), __("Tracking Number"), __("Carrier"), __("Recipient"), __("Property Unit")]) {
			$("<th></th>").text(label).appendTo(head);
		}
		this.rows = $("<tbody></tbody>").appendTo(table);
		this.number.on("keydown", (event) => {
			if (event.key === "Enter" && this.number.val().trim()) this.recipient.trigger("focus");
		});
		this.recipient.on("keydown", (event) => this.on_recipient_key(event));
		this.count();
	}

	field(parent, tag, label) {
		const id = `intake-${frappe.scrub(label).slice(0, 12)}`;
		const box = $('<div class="kefu-intake-field"></div>').appendTo(parent);
		$("<label></label>").attr("for", id).text(label).appendTo(box);
		return $(tag === "select" ? "<select></select>" : '<input type="text" autocomplete="off">')
			.attr("id", id)
			.addClass("form-control")
			.appendTo(box);
	}

	async refresh() {
		const chosen = this.shelf.val();
		this.shelves = await frappe.xcall("kefu_property.custody.intake.get_shelves");
		this.shelf.empty();
		for (const shelf of this.shelves) {
			$("<option></option>")
				.val(shelf.name)
				.text(__("{0} ({1} free)", [shelf.shelf_name, shelf.free]))
				.appendTo(this.shelf);
		}
		if (chosen) this.shelf.val(chosen);
		this.hint.toggleClass("text-danger", !this.shelves.length);
		if (!this.shelves.length) this.hint.text(__("No shelf yet. Create a custody shelf first."));
		this.number.trigger("focus");
	}

	on_recipient_key(event) {
		const index = Number(event.key) - 1;
		if (this.pending && event.key >= "1" && event.key <= "9" && this.pending[index]) {
			event.preventDefault();
			this.receive(this.pending[index]);
		} else if (event.key === "Escape") {
			this.clear_choices();
		} else if (event.key === "Enter" && this.recipient.val().trim()) {
			this.receive();
		}
	}

	clear_choices() {
		this.pending = null;
		this.choices.empty();
	}

	async receive(choice) {
		if (this.busy) return;
		const shelf = this.shelves.find((row) => row.name === this.shelf.val());
		if (!shelf || !this.number.val().trim()) {
			this.number.trigger("focus");
			return;
		}
		this.busy = true;
		try {
			const answer = await frappe.xcall("kefu_property.custody.intake.receive", {
				project: shelf.project,
				shelf: shelf.name,
				tracking_number: this.number.val(),
				recipient: this.recipient.val().trim(),
				resident: choice?.resident || null,
				unit: choice?.unit || null,
			});
			if (answer.choices) {
				this.choose(answer.choices);
				return;
			}
			this.clear_choices();
			this.add(answer);
			this.number.val("").trigger("focus");
			this.recipient.val("");
		} catch {
			// the message is on the screen; the scanner starts over with the same parcel
			this.clear_choices();
			this.number.trigger("focus").trigger("select");
		} finally {
			this.busy = false;
		}
	}

	choose(people) {
		this.pending = people;
		this.choices.empty();
		people.forEach((person, index) => {
			$('<button type="button" class="btn btn-default btn-sm"></button>')
				.text(`${index + 1}  ${person.resident_name} ${person.phone_masked || ""} ${person.unit_code || ""}`)
				.on("click", () => this.receive(person))
				.appendTo(this.choices);
		});
		this.recipient.trigger("focus");
	}

	add(item) {
		this.received.push(item.name);
		const row = $("<tr></tr>").prependTo(this.rows).toggleClass("table-warning", !item.found);
		$("<a></a>")
			.attr("href", `/app/custody-item/${encodeURIComponent(item.name)}`)
			.text(item.name)
			.appendTo($("<td></td>").appendTo(row));
		for (const text of [item.tracking_number, item.carrier, item.recipient_name, item.unit]) {
			$("<td></td>")
				.text(text || "")
				.appendTo(row);
		}
		this.count();
	}

	count() {
		this.counter.text(__("{0} received", [this.received.length]));
	}

	print() {
		if (!this.received.length) return;
		const items = encodeURIComponent(JSON.stringify(this.received));
		window.open(`/api/method/kefu_property.custody.intake.labels?items=${items}`);
	}
}
