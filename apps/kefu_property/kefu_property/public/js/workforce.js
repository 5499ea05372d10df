// Papers about oneself: whoever makes one at the desk starts with the own staff file.
frappe.provide("frappe.kefu");

frappe.kefu.take_myself = async (frm) => {
	if (!frm.is_new() || frm.doc.staff || frappe.user.has_role("HR Clerk")) return;
	const { message } = await frappe.db.get_value("Staff Member", { user: frappe.session.user }, ["name", "project"]);
	if (message && message.name) await frm.set_value({ project: message.project, staff: message.name });
};
