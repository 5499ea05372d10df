frappe.ui.form.on("Quality Objective", {
	setup(frm) {
		frm.set_query("area", () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		frm.set_query("clause", () => ({
			filters: { standard: frm.doc.standard, disabled: 0, clause_number: ["is", "set"] },
		}));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.year) frm.set_value("year", new Date().getFullYear());
	},

	refresh(frm) {
		frm.toggle_display("measures_help", frm.doc.docstatus === 0);
		if (frm.doc.docstatus === 0) show_measures(frm);
		if (!frm.is_new()) show_trend(frm);
		if (frm.doc.docstatus !== 1 || !frappe.model.can_create("Quality Objective Result")) return;
		if (frm.doc.formula) {
			frm.add_custom_button(__("Measure"), () => ask_month(frm));
		} else {
			frm.add_custom_button(__("Enter Figure"), () =>
				frappe.new_doc("Quality Objective Result", {
					objective: frm.doc.name,
					month: frappe.datetime.add_months(frappe.datetime.month_start(), -1),
				})
			);
		}
	},
});

async function show_measures(frm) {
	const rows = await frappe.xcall("kefu_property.quality.objectives.offered");
	const cell = (text) => frappe.utils.escape_html(text);
	const lines = rows.map(
		(row) => `<tr><td><code>${cell(row.name)}</code></td><td>${cell(row.title)}</td><td>${cell(row.unit)}</td></tr>`
	);
	const table =
		$(`<div class="form-group"><label class="control-label">${__("Measures that a formula may use")}</label>
		<table class="table table-sm small"><tbody>${lines.join("")}</tbody></table></div>`);
	// a click puts the name behind the formula
	table
		.find("code")
		.css("cursor", "pointer")
		.on("click", (event) => {
			frm.set_value("formula", `${frm.doc.formula || ""} ${event.target.textContent}`.trim());
		});
	frm.get_field("measures_help").$wrapper.empty().append(table);
}

async function show_trend(frm) {
	const wrapper = frm.get_field("trend").$wrapper.empty();
	const rows = await frappe.xcall("kefu_property.quality.objectives.trend", { objective: frm.doc.name });
	if (!rows.length) {
		$("<p class='text-muted'>").text(__("Nothing was measured yet.")).appendTo(wrapper);
		return;
	}
	const place = $("<div>").appendTo(wrapper);
	new frappe.Chart(place.get(0), {
		type: "axis-mixed",
		height: 220,
		colors: ["#0d6b62", "#cf3636"],
		data: {
			labels: rows.map((row) => row.month),
			datasets: [
				{ name: __("Value"), chartType: "bar", values: rows.map((row) => row.value || 0) },
				{ name: __("Target"), chartType: "line", values: rows.map((row) => row.target) },
			],
		},
	});
}

function ask_month(frm) {
	frappe.prompt(
		{
			fieldname: "month",
			fieldtype: "Date",
			label: __("Month"),
			reqd: 1,
			default: frappe.datetime.add_months(frappe.datetime.month_start(), -1),
			description: __("Any day of a month that is over"),
		},
		async ({ month }) => {
			await frappe.xcall("kefu_property.quality.objectives.measure_now", { objective: frm.doc.name, month });
			frm.reload_doc();
		},
		__("Measure"),
		__("Measure")
	);
}
