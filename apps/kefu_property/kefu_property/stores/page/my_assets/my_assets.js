// What I answer for, on the phone: accept or refuse what colleagues send, hand over what is mine (D15).
frappe.pages["my-assets"].on_page_load = (wrapper) => {
	wrapper.my_assets = new MyAssets(wrapper);
};

frappe.pages["my-assets"].on_page_show = (wrapper) => wrapper.my_assets && wrapper.my_assets.refresh();

const MY_ASSETS = "kefu_property.stores.page.my_assets.my_assets";

class MyAssets {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("My Assets"), single_column: true });
		this.page.add_button(__("Refresh"), () => this.refresh());
		this.body = $('<div class="kefu-assets"></div>').appendTo(this.page.main);
	}

	async refresh() {
		const data = await frappe.xcall(`${MY_ASSETS}.get`);
		this.body.empty();
		if (data.to_accept.length) {
			this.heading(__("Waiting for My Acceptance"));
			data.to_accept.forEach((paper) => this.paper(paper, true));
		}
		this.heading(__("With Me"));
		data.assets.forEach((card) => this.card(card));
		if (!data.assets.length) {
			$('<p class="text-muted"></p>').text(__("No asset is with you.")).appendTo(this.body);
		}
		if (data.sent.length) {
			this.heading(__("Sent, Not Accepted Yet"));
			data.sent.forEach((paper) => this.paper(paper, false));
		}
	}

	heading(text) {
		$("<h5></h5>").text(text).appendTo(this.body);
	}

	box() {
		return $('<section class="kefu-asset"></section>').appendTo(this.body);
	}

	line(box, strong, parts) {
		const text = $('<div class="kefu-asset-text"></div>').appendTo(box);
		$("<strong></strong>").text(strong).appendTo(text);
		$('<div class="text-muted"></div>').text(parts.filter(Boolean).join(" · ")).appendTo(text);
	}

	button(box, label, kind, run) {
		return $('<button type="button" class="btn"></button>')
			.addClass(kind)
			.text(label)
			.on("click", run)
			.appendTo(box);
	}

	card(card) {
		const box = this.box();
		this.line(box, card.asset_name, [card.name, card.place, __(card.status)]);
		if (card.on_the_way) {
			$('<span class="indicator-pill orange"></span>').text(__("Sent")).appendTo(box);
		} else if (card.status !== "Under Repair") {
			this.button(box, __("Hand Over"), "btn-default", () => this.hand_over(card));
		}
	}

	paper(paper, mine) {
		const box = this.box();
		const names = paper.assets.map((asset) => `${asset.asset_name} (${asset.name})`).join(", ");
		this.line(box, names, [
			mine ? __("From {0}", [paper.from]) : __("To {0}", [paper.to]),
			paper.place,
			frappe.datetime.str_to_user(paper.date),
			paper.remarks,
		]);
		if (!mine) return;
		const actions = $('<div class="kefu-asset-actions"></div>').appendTo(box);
		this.button(actions, __("Accept"), "btn-primary", () => this.answer(paper.name, 1));
		this.button(actions, __("Refuse"), "btn-default", () =>
			frappe.prompt(
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
				(values) => this.answer(paper.name, 0, values.reason),
				__("Refuse")
			)
		);
	}

	async answer(name, accepted, reason) {
		const status = await frappe.xcall(`${MY_ASSETS}.answer`, { name, accepted, reason });
		frappe.show_alert({ message: __(status), indicator: accepted ? "green" : "orange" });
		await this.refresh();
	}

	async hand_over(card) {
		const colleagues = await frappe.xcall(`${MY_ASSETS}.colleagues`);
		const dialog = new frappe.ui.Dialog({
			title: __("Hand Over"),
			fields: [
				{
					fieldname: "to_custodian",
					fieldtype: "Autocomplete",
					label: __("New Custodian"),
					options: colleagues,
					reqd: 1,
				},
				{ fieldname: "place", fieldtype: "Data", label: __("New Place") },
				{ fieldname: "to_idle", fieldtype: "Check", label: __("Into Storage, Idle") },
				{ fieldname: "remarks", fieldtype: "Small Text", label: __("Reason") },
			],
			primary_action_label: __("Send"),
			primary_action: async (values) => {
				await frappe.xcall(`${MY_ASSETS}.hand_over`, { items: [card.name], ...values });
				dialog.hide();
				await this.refresh();
			},
		});
		dialog.show();
	}
}
