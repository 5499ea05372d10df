frappe.ui.form.on("Key Loan", {
	setup(frm) {
		frm.set_query("property_key", "items", () => ({
			filters: { project: frm.doc.project, status: "In Cabinet" },
		}));
		for (const field of ["resident", "unit", "key_set"]) {
			frm.set_query(field, () => ({ filters: { project: frm.doc.project } }));
		}
		frm.set_query("staff", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	async onload(frm) {
		if (frm.is_new() && !frm.doc.due_on) {
			const hours = (await frappe.db.get_single_value("Key Settings", "default_hours")) || 8;
			frm.set_value(
				"due_on",
				moment(frappe.datetime.now_datetime()).add(hours, "hours").format("YYYY-MM-DD HH:mm:00")
			);
		}
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1 || !frm.doc.open_items) return;
		if (frm.doc.due_on < frappe.datetime.now_datetime()) {
			frm.dashboard.set_headline(__("These keys are overdue."), "red");
		}
		frm.add_custom_button(__("Take Back All"), () => take_back(frm)).addClass("btn-primary");
		if (frm.doc.open_items > 1) frm.add_custom_button(__("Take Back Some"), () => choose(frm));
		frm.add_custom_button(__("Report Loss"), () => report_loss(frm));
	},

	async key_set(frm) {
		if (!frm.doc.key_set) return;
		const keys = await frappe.db.get_list("Property Key", {
			filters: { key_set: frm.doc.key_set, status: "In Cabinet" },
			fields: ["name", "key_code", "key_name"],
			order_by: "key_code",
			limit: 100,
		});
		for (const key of keys) {
			if ((frm.doc.items || []).some((row) => row.property_key === key.name)) continue;
			frm.add_child("items", { property_key: key.name, key_code: key.key_code, key_name: key.key_name });
		}
		frm.set_value("key_set", null);
		frm.refresh_field("items");
	},
});

const open_rows = (frm) => frm.doc.items.filter((row) => !row.outcome);

async function take_back(frm, keys) {
	await frm.call("return_keys", { keys: keys || null });
	frappe.show_alert({ message: __("Keys taken back."), indicator: "green" });
	frm.reload_doc();
}

function choose(frm) {
	frappe.prompt(
		open_rows(frm).map((row) => ({
			fieldname: row.name,
			fieldtype: "Check",
			label: `${row.key_code} ${row.key_name}`,
		})),
		(values) => {
			const keys = open_rows(frm)
				.filter((row) => values[row.name])
				.map((row) => row.property_key);
			if (keys.length) take_back(frm, keys);
		},
		__("Which keys are back?"),
		__("Take Back")
	);
}

function report_loss(frm) {
	frappe.new_doc("Key Loss", {
		project: frm.doc.project,
		property_key: open_rows(frm)[0].property_key,
		key_loan: frm.doc.name,
		responsible: frm.doc.borrower_name,
		reported_by_name: frm.doc.borrower_name,
	});
}
