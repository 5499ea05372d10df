frappe.ui.form.on("Leave Request", {
	setup(frm) {
		frm.set_query("staff", () => ({
			filters: {
				status: ["in", ["Probation", "At Work"]],
				...(frm.doc.project ? { project: frm.doc.project } : {}),
			},
		}));
		frm.set_query("leave_kind", () => ({ filters: { disabled: 0 } }));
		frm.set_query("substitute", () => ({ filters: { project: frm.doc.project } }));
	},

	onload: (frm) => frappe.kefu.take_myself(frm),
	refresh: (frm) => show_balance(frm),
	staff: (frm) => show_balance(frm),
	leave_kind: (frm) => show_balance(frm),

	from_date(frm) {
		if (!frm.doc.to_date || frm.doc.to_date < frm.doc.from_date) frm.set_value("to_date", frm.doc.from_date);
		show_balance(frm);
	},
});

async function show_balance(frm) {
	const place = frm.get_field("balance_html").$wrapper.empty();
	if (!frm.doc.staff || !frm.doc.leave_kind) return;
	const year = Number((frm.doc.from_date || frappe.datetime.get_today()).slice(0, 4));
	const figures = await frappe.xcall("kefu_property.workforce.doctype.leave_request.leave_request.balance_of", {
		staff: frm.doc.staff,
		leave_kind: frm.doc.leave_kind,
		year,
	});
	if (!figures) return;
	$('<div class="form-message blue"></div>')
		.text(
			__("{0}: entitled {1}, taken {2}, waiting {3}, left {4} days", [
				year,
				figures.entitled,
				figures.taken,
				figures.waiting,
				figures.left,
			])
		)
		.appendTo(place);
}
