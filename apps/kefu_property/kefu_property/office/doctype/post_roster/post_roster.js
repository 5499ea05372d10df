frappe.ui.form.on("Post Roster", {
	setup(frm) {
		for (const field of ["post", "pattern"]) {
			frm.set_query(field, () => ({ filters: { project: frm.doc.project, disabled: 0 } }));
		}
		frm.set_query("staff", "staff", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		draw_month(frm);
		if (frm.doc.gaps) {
			frm.dashboard.set_headline(__("{0} shifts have not enough staff.", [frm.doc.gaps]), "orange");
		}
		if (frm.is_new() || frm.doc.docstatus || !frm.perm[0].write) return;
		frm.add_custom_button(__("Generate Month"), () =>
			frappe.confirm(__("Write the month anew? Changes of single days are lost."), async () => {
				await frm.call("generate");
				frm.reload_doc();
			})
		);
	},
});

const SHIFT_CLASSES = [0, 1, 2, 3].map((number) => "kefu-roster-shift-" + number);

const hour = (time) => moment(time, "HH:mm:ss").format("HH:mm");

async function draw_month(frm) {
	const area = frm.get_field("grid").$wrapper.empty();
	if (frm.is_new() || !frm.doc.month || !frm.doc.pattern) {
		$('<p class="text-muted"></p>').text(__("Save the roster: the month is filled by the pattern.")).appendTo(area);
		return;
	}
	const pattern = await frappe.db.get_doc("Duty Pattern", frm.doc.pattern);
	const codes = pattern.shifts.map((row) => row.shift_code);
	const days = moment(frm.doc.month).daysInMonth();
	const held = {};
	for (const row of frm.doc.slots || []) held[`${row.staff} ${row.day}`] = row.shift_code;
	const table = $('<table class="kefu-roster"></table>').appendTo(
		$('<div class="kefu-roster-scroll"></div>').appendTo(area)
	);
	const head = $("<tr></tr>").appendTo($("<thead></thead>").appendTo(table));
	$("<th></th>").text(__("Name")).appendTo(head);
	const day_of = (number) => moment(frm.doc.month).date(number);
	for (let number = 1; number <= days; number++) {
		const weekend = [0, 6].includes(day_of(number).day());
		$("<th></th>").text(number).toggleClass("kefu-roster-weekend", weekend).appendTo(head);
	}
	$("<th></th>").text(__("Shifts")).appendTo(head);
	const body = $("<tbody></tbody>").appendTo(table);
	const may_write = !frm.doc.docstatus && frm.perm[0].write;
	for (const person of frm.doc.staff) {
		const line = $("<tr></tr>").appendTo(body);
		const name = person.staff_name || person.staff;
		$("<th></th>").text(name).appendTo(line);
		let count = 0;
		for (let number = 1; number <= days; number++) {
			const day = day_of(number).format("YYYY-MM-DD");
			const code = held[`${person.staff} ${day}`] || "-";
			if (code !== "-") count++;
			const cell = $("<td></td>").appendTo(line);
			$('<button type="button"></button>')
				.text(code === "-" ? "·" : code)
				.addClass(code === "-" ? "kefu-roster-off" : SHIFT_CLASSES[codes.indexOf(code) % 4])
				.attr("aria-label", `${name} ${day} ${code}`)
				.prop("disabled", !may_write)
				.on("click", () => next_shift(frm, person.staff, day, code, [...codes, "-"]))
				.appendTo(cell);
		}
		$("<td></td>").text(count).appendTo(line);
	}
	const legend = $('<div class="kefu-roster-legend text-muted"></div>').appendTo(area);
	pattern.shifts.forEach((row, index) => {
		const entry = $("<span></span>").appendTo(legend);
		$("<i></i>")
			.addClass(SHIFT_CLASSES[index % 4])
			.text(row.shift_code)
			.appendTo(entry);
		$("<span></span>")
			.text(` ${row.shift_name} ${hour(row.start_time)}–${hour(row.end_time)}`)
			.appendTo(entry);
	});
	if (may_write) $("<span></span>").text(__("A click on a day gives the next shift.")).appendTo(legend);
}

async function next_shift(frm, staff, day, code, codes) {
	const shift_code = codes[(codes.indexOf(code) + 1) % codes.length];
	await frm.call("set_day", { staff, day, shift_code });
	await frm.reload_doc();
}
