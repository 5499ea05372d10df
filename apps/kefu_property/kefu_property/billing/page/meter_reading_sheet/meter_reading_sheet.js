// The sheet of whoever reads meters from door to door: made for a thumb, each reading is written as it is typed.
frappe.pages["meter-reading-sheet"].on_page_load = (wrapper) => {
	wrapper.sheet = new KefuMeterSheet(wrapper);
};

const KEFU_METERS = "kefu_property.billing.meters.";

class KefuMeterSheet {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({
			parent: wrapper,
			title: __("Meter Reading Sheet"),
			single_column: true,
		});
		this.page.set_secondary_action(__("Readings"), () => frappe.set_route("List", "Meter Reading"));
		this.page.add_menu_item(__("Print or Export the Sheet"), () =>
			frappe.set_route("query-report", "Meter Reading Sheet", this.place())
		);
		this.page.add_menu_item(__("Import from Excel"), () => this.import());
		const load = () => this.load();
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Link",
			options: "Property Project",
			label: __("Project"),
			change: load,
		});
		this.kind = this.page.add_field({
			fieldname: "meter_kind",
			fieldtype: "Select",
			label: __("Kind of Meter"),
			options: ["Cold Water", "Hot Water", "Electricity", "Gas", "Heat"].map((value) => ({
				value,
				label: __(value),
			})),
			default: "Cold Water",
			change: load,
		});
		this.building = this.page.add_field({
			fieldname: "building",
			fieldtype: "Link",
			options: "Property Building",
			label: __("Building"),
			get_query: () => ({ filters: { project: this.project.get_value() || "" } }),
			change: load,
		});
		this.$count = $('<p class="kefu-meters-count text-muted" aria-live="polite"></p>').appendTo(this.page.main);
		this.$list = $('<div class="kefu-meters"></div>').appendTo(this.page.main);
		this.begin();
	}

	place() {
		const chosen = this.project.get_value();
		if (chosen) this.preset = null;
		return {
			project: chosen || this.preset,
			meter_kind: this.kind.get_value(),
			building: this.building.get_value() || undefined,
		};
	}

	async begin() {
		const wanted = frappe.route_options && frappe.route_options.project;
		frappe.route_options = null;
		const projects = wanted ? [{ name: wanted }] : await frappe.db.get_list("Property Project", { limit: 2 });
		if (projects.length === 1) {
			// the field shows its value only once it has read the title
			this.preset = projects[0].name;
			this.project.set_value(this.preset);
		}
		this.load();
	}

	async load() {
		const place = this.place();
		const project = place.project;
		const key = JSON.stringify(place);
		if (this.key === key) return;
		this.key = key;
		this.$list.empty();
		this.$count.text(project ? "" : __("Choose a project."));
		if (!project) return;
		this.rows = await frappe.xcall(`${KEFU_METERS}sheet`, place);
		if (this.key !== key) return; // another choice was made meanwhile
		for (const row of this.rows) this.$list.append(this.card(row));
		this.count();
	}

	count() {
		const read = this.rows.filter((row) => row.read_today).length;
		this.$count.text(
			this.rows.length
				? __("{0} of {1} read today", [read, this.rows.length])
				: __("No meter of this kind is in use here.")
		);
	}

	card(row) {
		const $card = $('<form class="kefu-meter"></form>')
			.attr("data-name", row.name)
			.toggleClass("done", row.read_today);
		const $place = $('<div class="kefu-meter-place"></div>').appendTo($card);
		$("<strong></strong>")
			.text(row.unit_code || row.place || __("Common Meter"))
			.appendTo($place);
		$('<span class="text-muted"></span>').text(row.meter_no).appendTo($place);
		$('<span class="text-muted"></span>')
			.text(
				row.last_read_on
					? __("{0} on {1}", [row.base_value, frappe.datetime.str_to_user(row.last_read_on)])
					: __("{0} at installation", [row.base_value])
			)
			.appendTo($place);
		const $entry = $('<div class="kefu-meter-entry"></div>').appendTo($card);
		const label = __("Reading of {0}", [row.unit_code || row.meter_no]);
		const $value = $('<input class="form-control" inputmode="decimal" autocomplete="off" enterkeyhint="next">')
			.attr("aria-label", label)
			.appendTo($entry);
		$('<button type="submit" class="btn btn-primary"></button>').text(__("Save")).appendTo($entry);
		const $more = $('<div class="kefu-meter-more"></div>').appendTo($card).hide();
		const tick = (text) => {
			const $label = $("<label></label>").appendTo($more);
			const $box = $('<input type="checkbox">').appendTo($label);
			$("<span></span>").text(text).appendTo($label);
			return $box;
		};
		const $rolled = tick(__("Register Passed Zero"));
		const $guess = tick(__("Estimated"));
		const $note = $('<p class="kefu-meter-note" role="status"></p>').appendTo($card);
		$value.on("focus", () => $more.show());
		$card.on("submit", async (event) => {
			event.preventDefault();
			if (!$value.val()) return;
			$card.find("button").prop("disabled", true);
			try {
				const done = await this.take(row, $value.val(), $rolled.prop("checked"), $guess.prop("checked"));
				row.read_today = true;
				$card.addClass("done").toggleClass("unusual", done.unusual);
				$note.text(
					done.unusual
						? __("Consumption {0}: unusual. Please look again.", [done.consumption])
						: __("Consumption {0}", [done.consumption])
				);
				$value.prop("readonly", true);
				$more.remove();
				this.count();
				$card.next().find("input").first().trigger("focus");
			} catch (error) {
				$note.text(error.message);
				$card.find("button").prop("disabled", false);
			}
		});
		return $card;
	}

	/** Write one reading; a refusal is an Error whose text stands in the card, not in a window over it. */
	async take(row, value, rolled_over, estimated) {
		const response = await fetch(`/api/method/${KEFU_METERS}take`, {
			method: "POST",
			headers: {
				Accept: "application/json",
				"Content-Type": "application/json",
				"X-Frappe-CSRF-Token": frappe.csrf_token,
			},
			body: JSON.stringify({
				meter: row.name,
				value,
				rolled_over,
				reading_type: estimated ? "Estimated" : "Actual",
			}),
		});
		const body = await response.json().catch(() => ({}));
		if (response.ok) return body.message;
		const messages = JSON.parse(body._server_messages || "[]").map((part) => JSON.parse(part).message);
		const text = new DOMParser().parseFromString(messages.join("\n"), "text/html").body.textContent;
		throw new Error(text || __("The reading was not saved. Try again."));
	}

	import() {
		const { project, meter_kind } = this.place();
		if (!project) return;
		const dialog = new frappe.ui.Dialog({
			title: __("Import Readings: {0}", [__(meter_kind)]),
			fields: [
				{
					fieldname: "hint",
					fieldtype: "HTML",
					options: `<p class="text-muted">${__(
						"Export the reading sheet, fill in Reading and Read On, and attach it here as .xlsx. Rows without a reading are left out."
					)}</p>`,
				},
				{ fieldname: "file", fieldtype: "Attach", label: __("Workbook"), reqd: 1 },
			],
			primary_action_label: __("Import"),
			primary_action: async ({ file }) => {
				const answer = await frappe.xcall("kefu_property.billing.reading_import.load", {
					project,
					meter_kind,
					file_url: file,
				});
				if (answer.error_count) {
					frappe.msgprint({
						title: __("Nothing was written: {0} rows are wrong", [answer.error_count]),
						message: answer.errors.map((text) => frappe.utils.escape_html(text)),
						as_list: true,
						indicator: "red",
					});
					return;
				}
				dialog.hide();
				frappe.show_alert({
					message: __("{0} readings written, {1} were there already", [answer.written, answer.unchanged]),
					indicator: "green",
				});
				this.key = null;
				this.load();
			},
		});
		dialog.show();
	}
}
