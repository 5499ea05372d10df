frappe.ui.form.on("Community Disclosure", {
	async refresh(frm) {
		const board = frm.fields_dict.board.$wrapper.empty();
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0 && frm.doc.due_on && frm.doc.due_on < frappe.datetime.get_today()) {
			frm.dashboard.set_headline(__("This disclosure is overdue."), "red");
		}
		const { message } = await frm.call("sections");
		if (message.genuine === false) {
			frm.dashboard.set_headline(__("The published figures do not fit their fingerprint."), "red");
		}
		for (const section of message.sections) {
			$("<h5></h5>").text(section.title).appendTo(board);
			const table = $('<table class="table table-bordered table-sm"></table>').appendTo(board);
			const head = $("<tr></tr>").appendTo($("<thead></thead>").appendTo(table));
			section.columns.forEach((title) => $("<th></th>").text(title).appendTo(head));
			const body = $("<tbody></tbody>").appendTo(table);
			for (const cells of section.rows) {
				const row = $("<tr></tr>").appendTo(body);
				cells.forEach((cell) => $("<td></td>").text(cell).appendTo(row));
			}
			if (section.note) $('<p class="text-muted small"></p>').text(section.note).appendTo(board);
		}
		if (!message.sections.length) {
			$('<p class="text-muted"></p>').text(__("No figures for this period yet.")).appendTo(board);
		}
	},
});
