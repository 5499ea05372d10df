frappe.ui.form.on("Training Plan", {
	onload(frm) {
		if (frm.is_new() && !frm.doc.year) frm.set_value("year", moment(frappe.datetime.get_today()).year());
	},

	async refresh(frm) {
		frm.toggle_display("sec_done", frm.doc.docstatus === 1);
		if (frm.doc.docstatus !== 1) return;
		if (frappe.model.can_create("Training Session")) {
			frm.add_custom_button(__("Training Session"), () =>
				frappe.new_doc("Training Session", { project: frm.doc.project, plan: frm.doc.name })
			);
		}
		const { message } = await frm.call("progress");
		const table = $('<table class="table table-bordered"></table>');
		const head = $("<tr></tr>").appendTo(table);
		for (const text of [
			__("Course"),
			__("Planned"),
			__("Sessions Held"),
			__("Expected People"),
			__("People Attended"),
		]) {
			$("<th></th>").text(text).appendTo(head);
		}
		for (const row of message) {
			const line = $("<tr></tr>").appendTo(table);
			for (const key of ["course", "planned", "held", "expected", "people"])
				$("<td></td>").text(row[key]).appendTo(line);
		}
		frm.get_field("progress_html").$wrapper.empty().append(table);
	},
});
