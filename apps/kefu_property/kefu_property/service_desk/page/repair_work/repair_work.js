// The technician's work list: made for a thumb, one card per order.
frappe.pages["repair-work"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("My Repairs"), single_column: true });
	page.set_secondary_action(__("Refresh"), () => load(page));
	if (frappe.boot.page_info["meter-reading-sheet"]) {
		page.add_inner_button(__("Meter Reading Sheet"), () => frappe.set_route("meter-reading-sheet"));
	}
	page.body = $('<div class="kefu-work"></div>').appendTo(page.main);
	wrapper.work_page = page;
};

frappe.pages["repair-work"].on_page_show = (wrapper) => load(wrapper.work_page);

const METHOD = "kefu_property.service_desk.dispatch.";
const COLOURS = { "On Time": "green", "Due Soon": "orange", Overdue: "red", Waiting: "gray" };

async function load(page) {
	const rows = await frappe.xcall(METHOD + "my_work");
	page.body.empty();
	if (!rows.length) {
		$('<p class="kefu-work-empty text-muted"></p>').text(__("No open repair. Well done.")).appendTo(page.body);
	}
	for (const row of rows) page.body.append(card(page, row));
}

function line(parent, text, css = "") {
	if (text) $("<div></div>").addClass(css).text(text).appendTo(parent);
}

function card(page, row) {
	const element = $('<article class="kefu-work-card"></article>').attr("data-name", row.name);
	const head = $('<div class="kefu-work-head"></div>').appendTo(element);
	$("<a></a>")
		.attr("href", `/app/repair-order/${encodeURIComponent(row.name)}`)
		.text(row.name)
		.appendTo(head);
	$('<span class="indicator-pill"></span>')
		.addClass(COLOURS[row.deadline_state] || "gray")
		.text([__(row.severity), __(row.deadline_state)].filter(Boolean).join(" · "))
		.appendTo(head);
	line(element, row.subject, "kefu-work-subject");
	line(element, [row.unit, row.place && __(row.place), row.place_detail].filter(Boolean).join(" · "));
	line(element, row.description, "text-muted");
	line(element, [row.reporter_name, row.phone_masked].filter(Boolean).join(" "));
	if (row.appointment_from) {
		line(element, __("Appointment: {0}", [frappe.datetime.str_to_user(row.appointment_from)]));
	}
	if (row.repeat_of) line(element, __("Repeat of {0}", [row.repeat_of]), "text-warning");
	if (row.under_warranty) line(element, __("Under warranty: free of charge"), "text-success");
	if (row.total !== "0" && Number(row.total)) {
		line(element, __("Price {0} yuan · {1}", [row.total, __(row.quotation_state)]));
	}
	if (row.photos.length) {
		const strip = $('<div class="kefu-work-photos"></div>').appendTo(element);
		for (const photo of row.photos) {
			const link = $("<a></a>")
				.attr({ href: photo.image, target: "_blank", title: __(photo.stage) })
				.appendTo(strip);
			const picture = document.createElement("img");
			picture.src = photo.image;
			picture.alt = __(photo.stage);
			link[0].appendChild(picture);
		}
	}
	const bar = $('<div class="kefu-work-actions"></div>').appendTo(element);
	const add = (label, action, primary) =>
		$('<button type="button" class="btn"></button>')
			.addClass(primary ? "btn-primary" : "btn-default")
			.text(label)
			.on("click", async (event) => {
				event.currentTarget.disabled = true;
				try {
					await action();
				} finally {
					event.currentTarget.disabled = false;
				}
			})
			.appendTo(bar);
	const done = (method, args) => frappe.xcall(METHOD + method, { name: row.name, ...args }).then(() => load(page));
	add(__("Call"), async () => {
		const number = await frappe.xcall(METHOD + "phone", { name: row.name });
		window.location.href = `tel:${number}`;
	});
	if (row.status === "New" || row.status === "Assigned") {
		add(
			__("Take Up"),
			() =>
				frappe
					.xcall("kefu_property.service_desk.actions.accept", { doctype: "Repair Order", name: row.name })
					.then(() => load(page)),
			true
		);
	}
	if (row.status === "In Progress" && !row.arrived_on) add(__("I Am There"), () => done("arrive"), true);
	if (row.status === "In Progress") {
		add(__("Photo Before"), () => take_photo(page, row, "Before"));
		add(__("Photo After"), () => take_photo(page, row, "After"));
		add(__("Cost"), () => cost(page, row));
		if (["To Be Sent", "Refused"].includes(row.quotation_state)) {
			add(__("Send Quotation"), () => done("send_quotation"), true);
		}
		if (row.arrived_on) add(__("Finish"), () => finish(page, row), true);
	}
	return element;
}

function take_photo(page, row, stage) {
	return new Promise((resolve) => {
		const input = $('<input type="file" accept="image/*" capture="environment" hidden>').appendTo(page.body);
		input.on("change", async () => {
			const data = new FormData();
			data.append("name", row.name);
			data.append("stage", stage);
			data.append("photo", input[0].files[0]);
			const answer = await fetch(`/api/method/${METHOD}add_photo`, {
				method: "POST",
				headers: { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" },
				body: data,
			});
			if (answer.ok) {
				await load(page);
			} else {
				const body = await answer.json().catch(() => ({}));
				const messages = JSON.parse(body._server_messages || "[]").map((text) => JSON.parse(text).message);
				frappe.msgprint(messages.join("<br>") || __("The picture was not sent. Try again."));
			}
			resolve();
		});
		input.trigger("click");
		resolve();
	});
}

async function cost(page, row) {
	const prices = await frappe.xcall(METHOD + "price_list", { name: row.name });
	const dialog = new frappe.ui.Dialog({
		title: __("Cost"),
		fields: [
			{
				fieldname: "paid_by",
				fieldtype: "Select",
				label: __("Paid by"),
				reqd: 1,
				default: row.paid_by,
				options: ["Property Office", "Owner", "Warranty", "Maintenance Fund"].map((value) => ({
					value,
					label: __(value),
				})),
			},
			{
				fieldname: "labour",
				fieldtype: "MultiCheck",
				label: __("Labour"),
				columns: 1,
				options: prices.map((price) => ({
					value: price.name,
					label: `${price.labour_name} · ${price.rate} / ${price.unit_of_measure}`,
				})),
			},
			{
				fieldname: "materials",
				fieldtype: "Table",
				label: __("Materials"),
				in_place_edit: true,
				data: [],
				fields: [
					{ fieldname: "description", fieldtype: "Data", label: __("Description"), in_list_view: 1, reqd: 1 },
					{ fieldname: "quantity", fieldtype: "Float", label: __("Quantity"), in_list_view: 1, default: 1 },
					{ fieldname: "rate", fieldtype: "Currency", label: __("Rate"), in_list_view: 1 },
				],
			},
		],
		primary_action_label: __("Save"),
		primary_action: async (values) => {
			await frappe.xcall(METHOD + "set_cost", {
				name: row.name,
				paid_by: values.paid_by,
				labour: (values.labour || []).map((labour) => ({ labour, quantity: 1 })),
				materials: values.materials || [],
			});
			dialog.hide();
			load(page);
		},
	});
	dialog.show();
}

function finish(page, row) {
	const dialog = new frappe.ui.Dialog({
		title: __("Finish"),
		fields: [
			{ fieldname: "result", fieldtype: "Small Text", label: __("What Was Done"), reqd: 1 },
			{ fieldname: "signature", fieldtype: "Signature", label: __("Signature of the Owner") },
		],
		primary_action_label: __("Finish"),
		primary_action: async (values) => {
			await frappe.xcall(METHOD + "finish", {
				name: row.name,
				result: values.result,
				signature: values.signature || null,
			});
			dialog.hide();
			load(page);
		},
	});
	dialog.show();
}
