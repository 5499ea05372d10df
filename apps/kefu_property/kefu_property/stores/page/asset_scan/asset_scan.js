// Counting assets with the phone: choose the place, scan label after label, see what is still missing (D15).
frappe.pages["asset-scan"].on_page_load = (wrapper) => {
	wrapper.asset_scan = new AssetScan(wrapper);
};

frappe.pages["asset-scan"].on_page_show = (wrapper) => wrapper.asset_scan && wrapper.asset_scan.refresh();

const ASSET_SCAN = "kefu_property.stores.page.asset_scan.asset_scan";

class AssetScan {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Count Assets"), single_column: true });
		this.count = this.page.add_field({
			fieldname: "count",
			fieldtype: "Select",
			label: __("Count"),
			change: () => this.draw(),
		});
		this.body = $('<div class="kefu-assets"></div>').appendTo(this.page.main);
		const bar = $('<div class="kefu-scan-bar"></div>').appendTo(this.body);
		this.place = $('<input type="text" class="form-control" list="kefu-scan-places" autocomplete="off">')
			.attr("placeholder", __("Place where you stand"))
			.attr("aria-label", __("Place"))
			.appendTo(bar);
		this.places = $('<datalist id="kefu-scan-places"></datalist>').appendTo(bar);
		this.code = $('<input type="text" class="form-control kefu-scan-code" autocomplete="off">')
			.attr("placeholder", __("Scan or type an asset number, then Enter"))
			.attr("aria-label", __("Asset number"))
			.on("keydown", (event) => {
				if (event.key === "Enter" && this.code.val().trim()) this.scan(this.code.val().trim());
			})
			.appendTo(bar);
		$('<button type="button" class="btn btn-primary kefu-scan-camera"></button>')
			.text(__("Camera"))
			.on("click", () => this.camera())
			.appendTo(bar);
		this.result = $('<div class="kefu-scan-result" role="status"></div>').appendTo(this.body);
		this.list = $("<div></div>").appendTo(this.body);
	}

	async refresh() {
		const counts = await frappe.xcall(`${ASSET_SCAN}.get_counts`);
		this.count.df.options = counts.map((count) => ({
			value: count.name,
			label: [frappe.datetime.str_to_user(count.counted_on), count.place, count.name].filter(Boolean).join(" · "),
		}));
		this.count.refresh();
		this.result.empty().removeAttr("data-outcome");
		const asked = frappe.get_route()[1];
		const chosen = counts.find((count) => count.name === asked) || counts[0];
		if (chosen) await this.count.set_value(chosen.name);
		await this.draw();
	}

	async draw() {
		const count = this.count.get_value();
		if (!count) {
			this.list.empty();
			$('<p class="text-muted"></p>')
				.text(__("No count is open. Start one in the list of fixed asset counts."))
				.appendTo(this.list);
			return;
		}
		const data = await frappe.xcall(`${ASSET_SCAN}.get_lines`, { count });
		this.places.empty();
		data.places.forEach((place) => $("<option></option>").attr("value", place).appendTo(this.places));
		this.list.empty();
		$("<h5></h5>")
			.text(__("Seen {0} of {1}", [data.seen, data.expected]))
			.appendTo(this.list);
		for (const line of data.open) {
			const box = $('<section class="kefu-asset"></section>').appendTo(this.list);
			const text = $('<div class="kefu-asset-text"></div>').appendTo(box);
			$("<strong></strong>").text(line.asset_name).appendTo(text);
			$('<div class="text-muted"></div>')
				.text([line.asset, line.place].filter(Boolean).join(" · "))
				.appendTo(text);
			$('<button type="button" class="btn btn-default"></button>')
				.text(__("Seen"))
				.on("click", () => this.scan(line.asset))
				.appendTo(box);
		}
	}

	async scan(code) {
		this.code.val("");
		try {
			const seen = await frappe.xcall(`${ASSET_SCAN}.scan`, {
				count: this.count.get_value(),
				code,
				place: this.place.val().trim(),
			});
			const misplaced = seen.outcome === "Misplaced";
			this.result
				.attr("data-outcome", seen.outcome)
				.text(
					misplaced
						? __("{0}: belongs to {1}", [seen.asset_name, seen.expected_place || "–"])
						: __("{0}: found", [seen.asset_name])
				);
			await this.draw();
		} finally {
			this.code.trigger("focus");
		}
	}

	camera() {
		new frappe.ui.Scanner({
			dialog: true,
			multiple: true,
			on_scan: (data) => data.decodedText && this.once(data.decodedText),
		});
	}

	once(code) {
		// the camera reports the same label many times a second
		if (code === this.last_code) return;
		this.last_code = code;
		this.scan(code);
	}
}
