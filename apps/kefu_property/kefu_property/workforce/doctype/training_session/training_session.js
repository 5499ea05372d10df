frappe.ui.form.on("Training Session", {
	setup(frm) {
		frm.set_query("course", () => ({ filters: { disabled: 0 } }));
		frm.set_query("plan", () => ({ filters: { project: frm.doc.project, docstatus: 1 } }));
		frm.set_query("staff", "participants", () => ({
			filters: { project: frm.doc.project, status: ["in", ["Probation", "At Work"]] },
		}));
	},

	async refresh(frm) {
		const running = ["Planned", "Running"].includes(frm.doc.status) && !frm.is_new();
		frm.toggle_display("sec_code", running);
		frm.toggle_display("sec_review", frm.doc.status === "Done");
		if (!running || !frm.perm[0].write) return;
		frm.add_custom_button(__("Invite People"), () => invite(frm));
		frm.add_custom_button(__("Finish Session"), async () => {
			if (frm.is_dirty()) await frm.save();
			const { message } = await frm.call("finish");
			frappe.show_alert({ message: __("{0} certificates issued.", [message.certificates]), indicator: "green" });
			frm.reload_doc();
		}).addClass("btn-primary");
		const { message } = await frm.call("code");
		const place = frm.get_field("code_html").$wrapper.empty();
		$('<img width="220" height="220">').attr({ src: message.picture, alt: message.link }).appendTo(place);
		$('<p class="text-muted small"></p>')
			.text(__("People scan this code with the phone on which they are signed in."))
			.appendTo(place);
	},
});

function invite(frm) {
	frappe.prompt(
		[
			{
				fieldname: "department",
				fieldtype: "Link",
				options: "Staff Department",
				label: __("Department"),
				get_query: () => ({ filters: { project: frm.doc.project } }),
			},
			{ fieldname: "post", fieldtype: "Link", options: "Staff Post", label: __("Job Post") },
		],
		async (values) => {
			if (frm.is_dirty()) await frm.save();
			await frm.call("add_people", values);
			frm.reload_doc();
		},
		__("Invite People"),
		__("Invite")
	);
}
