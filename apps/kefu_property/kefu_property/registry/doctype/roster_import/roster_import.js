const METHOD = "kefu_property.registry.doctype.roster_import.roster_import";

frappe.ui.form.on("Roster Import", {
	onload(frm) {
		frappe.realtime.off("roster_import_progress");
		frappe.realtime.on("roster_import_progress", (data) => {
			if (data.name === frm.doc.name) {
				show_progress(frm, data.percent);
			}
		});
	},
	refresh(frm) {
		frm.add_custom_button(__("Download Template"), () => window.open(`/api/method/${METHOD}.download_template`));
		show_summary(frm);
		if (frm.is_new()) {
			return;
		}
		const { status } = frm.doc;
		if (["Draft", "Has Errors", "Ready", "Failed"].includes(status)) {
			const button = frm.add_custom_button(__("Check File"), () => step(frm, "check"));
			if (status !== "Ready") {
				button.removeClass("btn-default").addClass("btn-primary");
			}
		}
		if (status === "Ready") {
			frm.add_custom_button(__("Accept and Import"), () =>
				frappe.confirm(
					__("{0} records will be created and {1} updated in {2}. Go on?", [
						frm.doc.to_create,
						frm.doc.to_update,
						frm.doc.project,
					]),
					() => step(frm, "accept")
				)
			)
				.removeClass("btn-default")
				.addClass("btn-primary");
		}
		if (["Checking", "Importing"].includes(status)) {
			follow(frm);
		}
	},
});

function step(frm, name) {
	const save = frm.is_dirty() ? frm.save() : Promise.resolve();
	save.then(() => frappe.xcall(`${METHOD}.${name}`, { name: frm.doc.name })).then(() => frm.reload_doc());
}

// realtime messages move the bar; asking now and then serves browsers that lost the connection
function follow(frm) {
	frappe.xcall(`${METHOD}.progress`, { name: frm.doc.name }).then((percent) => show_progress(frm, percent));
	clearTimeout(frm.roster_timer);
	frm.roster_timer = setTimeout(() => {
		if (cur_frm === frm && ["Checking", "Importing"].includes(frm.doc.status)) {
			frm.reload_doc();
		}
	}, 4000);
}

function show_progress(frm, percent) {
	frm.dashboard.show_progress(__("Progress"), percent, __("{0} % done", [percent]));
}

function show_summary(frm) {
	const wrapper = frm.get_field("summary_html").$wrapper.empty();
	const report = frm.doc.report && JSON.parse(frm.doc.report);
	if (!report) {
		wrapper.html(
			`<p class="text-muted">${__("After the check this shows what would be created and changed, and every mistake with its row.")}</p>`
		);
		return;
	}
	const escape = frappe.utils.escape_html;
	const kinds = Object.entries(report.kinds)
		.map(
			([doctype, counts]) =>
				`<tr><td>${__(doctype)}</td><td class="text-right">${counts.create}</td>
				<td class="text-right">${counts.update}</td><td class="text-right">${counts.unchanged}</td></tr>`
		)
		.join("");
	const issues = report.issues
		.map(
			(row) =>
				`<tr><td><span class="indicator ${row.is_error ? "red" : "orange"}">${escape(row.level)}</span></td>
				<td>${escape(row.sheet)}</td><td class="text-right">${row.row}</td>
				<td>${escape(row.column)}</td><td>${escape(row.text)}</td></tr>`
		)
		.join("");
	const more = report.more
		? `<p class="text-muted">${__("{0} more are in the attached workbook of findings.", [report.more])}</p>`
		: "";
	/* eslint-disable kefu/safe-html -- made above of escaped texts */
	wrapper.html(`
		<table class="table table-bordered table-sm" style="max-width: 40rem">
			<thead><tr><th>${__("Record")}</th><th class="text-right">${__("To Create")}</th>
			<th class="text-right">${__("To Update")}</th><th class="text-right">${__("Unchanged")}</th></tr></thead>
			<tbody>${kinds}</tbody>
		</table>
		${
			issues
				? `<table class="table table-bordered table-sm"><thead><tr><th>${__("Level")}</th><th>${__("Sheet")}</th>
			<th>${__("Row")}</th><th>${__("Column")}</th><th>${__("What is Wrong")}</th></tr></thead>
			<tbody>${issues}</tbody></table>${more}`
				: `<p>${__("No mistakes were found.")}</p>`
		}`);
	/* eslint-enable kefu/safe-html */
}
