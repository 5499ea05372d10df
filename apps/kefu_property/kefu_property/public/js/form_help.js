// A Help button on every form of the suite: what it is for, how it goes on, what has to be filled in (D8).
frappe.provide("frappe.kefu");

frappe.kefu.help = async (doctype) => {
	const help = await frappe.xcall("kefu_property.suite.help.of_form", { doctype });
	const dialog = new frappe.ui.Dialog({ title: __("Help: {0}", [help.title]), size: "large" });
	const body = $('<div class="kefu-help"></div>').appendTo(dialog.body);
	const head = (text) => $("<h5></h5>").text(text).appendTo(body);
	$("<p></p>")
		.text(help.purpose || help.module.summary)
		.appendTo(body);
	if (help.steps.length) {
		head(__("How It Goes On"));
		const list = $("<ol></ol>").appendTo(body);
		for (const step of help.steps) {
			const item = $("<li></li>").appendTo(list);
			$("<strong></strong>").text(step.action).appendTo(item);
			$("<span></span>").text(`: ${step.from} → ${step.to} `).appendTo(item);
			$('<span class="text-muted"></span>')
				.text(`(${step.roles.join(", ")})`)
				.appendTo(item);
			if (step.approval) {
				$('<span class="text-muted"></span>')
					.text(" " + __("not by whoever prepared it"))
					.appendTo(item);
			}
		}
	}
	if (help.fields.length) {
		head(__("What Is Filled In"));
		const table = $('<table class="table table-sm"></table>').appendTo(body);
		for (const field of help.fields) {
			const line = $("<tr></tr>").appendTo(table);
			$("<td></td>")
				.text(field.label + (field.required ? " *" : ""))
				.appendTo(line);
			$('<td class="text-muted"></td>')
				.text(field.text || (field.required ? __("required") : ""))
				.appendTo(line);
		}
	}
	head(__("Who May Do What"));
	for (const row of help.roles) {
		$("<div></div>")
			.text(`${row.role}: ${row.may.join(", ")}`)
			.appendTo(body);
	}
	if (help.papers.length) {
		head(__("Papers"));
		$("<div></div>").text(help.papers.join(", ")).appendTo(body);
	}
	if (help.reports.length) {
		head(__("Reports"));
		for (const report of help.reports) {
			$("<a></a>")
				.attr("href", `/app/query-report/${encodeURIComponent(report.name)}`)
				.text(report.title)
				.on("click", () => dialog.hide())
				.appendTo($("<div></div>").appendTo(body));
		}
	}
	dialog.show();
};

// other apps' forms stay as they are
const of_suite = (doctype) => (frappe.boot.kefu?.modules || []).includes(frappe.scrub(frappe.get_meta(doctype).module));

// the toolbar is drawn anew now and then: look whether the button is still there
$(document).on("form-refresh", (_event, frm) => {
	if (!frm || !of_suite(frm.doctype) || frm.page.wrapper.find(".kefu-help-button").length) return;
	frm.page.add_action_icon("help", () => frappe.kefu.help(frm.doctype), "kefu-help-button", __("Help"));
});
