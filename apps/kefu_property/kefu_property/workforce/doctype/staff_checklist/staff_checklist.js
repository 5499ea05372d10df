frappe.ui.form.on("Staff Checklist", {
	setup(frm) {
		frm.set_query("staff", () => ({ filters: { project: frm.doc.project } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.kind === "Departure") show_checks(frm);
		if (frm.doc.status === "Done") return;
		frm.add_custom_button(__("Complete"), async () => {
			if (frm.is_dirty()) await frm.save();
			await frm.call("complete");
			frm.reload_doc();
		}).addClass("btn-primary");
	},
});

async function show_checks(frm) {
	const { message } = await frm.call("module_checks");
	const list = $('<ul class="list-unstyled"></ul>');
	for (const row of message || []) {
		const item = $('<li class="mb-2"></li>').appendTo(list);
		$('<span class="indicator-pill mr-2"></span>')
			.addClass(row.status === "ok" ? "green" : "red")
			.text(row.status === "ok" ? __("In Order") : __("Still Out"))
			.appendTo(item);
		$("<strong></strong>").text(row.label).appendTo(item);
		$('<div class="text-muted small"></div>').text(row.detail).appendTo(item);
	}
	frm.get_field("checks_html").$wrapper.empty().append(list);
}
