// "File in Archive" on the form of every document of the suite: its print and its attachments go to the archive with one click (D9).
const NOT_FILED = [
	"Archive File",
	"Archive Text",
	"Archive Box",
	"Archive Class",
	"Archive Handover",
	"Property Project",
];

$(document).on("form-refresh", (event, frm) => {
	if (!may_be_filed(frm)) return;
	frm.page.add_menu_item(__("File in Archive"), () => file(frm), true);
});

function may_be_filed(frm) {
	const modules = (frappe.boot.kefu && frappe.boot.kefu.modules) || [];
	const ours = modules.includes("office") && modules.includes(frappe.scrub(frm.meta.module || ""));
	const kept = !frm.meta.issingle && !frm.meta.istable && !NOT_FILED.includes(frm.doctype);
	const finished = !frm.meta.is_submittable || frm.doc.docstatus > 0;
	return ours && kept && finished && !frm.is_new() && frappe.model.can_create("Archive File");
}

async function file(frm) {
	const reference = { doctype: frm.doctype, name: frm.docname };
	const { message: proposal } = await frappe.call("kefu_property.office.archive.filing", reference);
	if (proposal.filed) {
		frappe.set_route("Form", "Archive File", proposal.filed);
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("File in Archive"),
		fields: [
			{
				fieldname: "archive_class",
				fieldtype: "Link",
				options: "Archive Class",
				label: __("Archive Class"),
				default: proposal.archive_class,
				get_query: () => ({ filters: { is_group: 0, disabled: 0 } }),
				reqd: 1,
			},
			{ fieldname: "title", fieldtype: "Data", label: __("File Title"), default: proposal.title, reqd: 1 },
			{
				fieldname: "project",
				fieldtype: "Link",
				options: "Property Project",
				label: __("Project"),
				default: proposal.project,
				hidden: proposal.project ? 1 : 0,
				reqd: 1,
			},
		],
		primary_action_label: __("File in Archive"),
		async primary_action(values) {
			dialog.disable_primary_action();
			try {
				const { message: name } = await frappe.call({
					method: "kefu_property.office.archive.file_document",
					args: { ...reference, ...values },
					freeze: true,
					freeze_message: __("Filing…"),
				});
				dialog.hide();
				const link = `<a href="/app/archive-file/${encodeURIComponent(name)}">${frappe.utils.escape_html(name)}</a>`;
				frappe.show_alert({ message: __("Filed as {0}", [link]), indicator: "green" }, 10);
				frm.reload_doc();
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
}
