frappe.ui.form.on("Time Clock Import", {
	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(
				__(
					"A CSV file with the columns staff number, time of check-in (or date and time) and, if the clock writes it, the kind. UTF-8 and GBK are read."
				)
			);
			return;
		}
		if (frm.doc.status === "Checked" && frm.perm[0].write) {
			frm.add_custom_button(__("Import"), async () => {
				if (frm.is_dirty()) await frm.save();
				const { message } = await frm.call("import_rows");
				frappe.show_alert({ message: __("{0} new records.", [message.new]), indicator: "green" });
				frm.reload_doc();
			}).addClass("btn-primary");
		}
	},
});
