frappe.query_reports["Goal Progress"] = {
	tree: true,
	name_field: "name",
	parent_field: "parent_goal",
	initial_depth: 3,
	filters: [
		{ fieldname: "project", label: __("Project"), fieldtype: "Link", options: "Property Project" },
		{ fieldname: "year", label: __("Year"), fieldtype: "Int", default: new Date().getFullYear() },
		{ fieldname: "responsible", label: __("Responsible"), fieldtype: "Link", options: "User" },
		{
			fieldname: "tone",
			label: __("Course"),
			fieldtype: "Select",
			options: ["", "Achieved", "On Track", "Behind", "Not Achieved"],
		},
	],
	formatter(value, row, column, data, format) {
		if (column.fieldname === "name" && data) {
			const link = $("<a></a>")
				.attr("href", `/app/work-goal/${encodeURIComponent(data.name)}`)
				.text(data.title);
			return link.prop("outerHTML");
		}
		const text = format(value, row, column, data);
		const colours = { Achieved: "green", "On Track": "blue", Behind: "orange", "Not Achieved": "red" };
		return column.fieldname === "tone_text" && data && colours[data.tone]
			? `<span class="indicator-pill ${colours[data.tone]}">${text}</span>`
			: text;
	},
};
