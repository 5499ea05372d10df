// The suite's own name and help in place of the framework's.
frappe.provide("frappe.ui.misc");
frappe.provide("frappe.help.help_links");

// they lead to manuals of other products
Object.keys(frappe.help.help_links).forEach((key) => delete frappe.help.help_links[key]);

frappe.ui.misc.about = async () => {
	const dialog = new frappe.ui.Dialog({ title: __("Kefu Property") });
	dialog.show();
	$("<p></p>").text(__("Customer-service suite for residential property management.")).appendTo(dialog.body);
	const versions = await frappe.xcall("frappe.utils.change_log.get_versions");
	for (const key of Object.keys(versions).sort()) {
		$("<p></p>")
			.text(`${__(versions[key].title)} ${versions[key].version}`)
			.appendTo(dialog.body);
	}
	$('<p class="text-muted"></p>')
		.text(__("Free software under the MIT licence, built on the Frappe framework (MIT)."))
		.appendTo(dialog.body);
};
