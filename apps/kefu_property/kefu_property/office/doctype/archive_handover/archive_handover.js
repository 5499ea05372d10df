frappe.ui.form.on("Archive Handover", {
	setup(frm) {
		frappe.realtime.on("doc_update", (data) => {
			if (data.doctype === frm.doctype && data.name === frm.docname && !frm.is_dirty()) frm.reload_doc();
		});
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		if (["Queued", "Running"].includes(frm.doc.status)) {
			frm.dashboard.add_progress(__("Handover Package"), frm.doc.progress || 0);
			setTimeout(() => {
				if (frm.doc.status !== "Package Ready" && !frm.is_dirty() && cur_frm === frm) frm.reload_doc();
			}, 5000);
		} else if (frm.doc.status === "Package Ready") {
			frm.add_custom_button(__("Download"), () => window.open(frm.doc.package)).addClass("btn-primary");
		} else if (frm.doc.status === "Failed") {
			frm.dashboard.set_headline(__("The package failed. Build it again, or ask the administrator."), "red");
		}
		frm.add_custom_button(__("Build Again"), async () => {
			await frm.call("build_again");
			frm.reload_doc();
		});
	},
});
