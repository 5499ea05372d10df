// The roster as a grid: rows are people, columns the days; a click goes on to the next shift.
frappe.ui.form.on("Duty Roster", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { project: frm.doc.project } }));
		frm.set_query("staff", "lines", () => ({
			filters: { project: frm.doc.project, status: ["in", ["Probation", "At Work"]] },
		}));
	},

	async refresh(frm) {
		frm.toggle_display("lines", false);
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0 && frm.perm[0].write) {
			frm.add_custom_button(__("Add People"), async () => {
				if (frm.is_dirty()) await frm.save();
				await frm.call("add_people");
				frm.reload_doc();
			});
		}
		const shifts = await frappe.db.get_list("Duty Shift", {
			filters: { project: frm.doc.project, disabled: 0 },
			fields: ["shift_code", "shift_name", "start_time", "end_time"],
			order_by: "start_time",
			limit: 30,
		});
		new RosterGrid(frm, shifts).draw();
	},
});

const clock = (time) => time.split(":").slice(0, 2).join(":").padStart(5, "0");

class RosterGrid {
	constructor(frm, shifts) {
		this.frm = frm;
		this.shifts = shifts;
		this.codes = ["-", ...shifts.map((row) => row.shift_code)];
		this.place = frm.get_field("grid_html").$wrapper.empty();
		this.days = new Date(Number(frm.doc.month.slice(0, 4)), Number(frm.doc.month.slice(5)), 0).getDate();
		this.may_edit = frm.doc.docstatus < 2 && Boolean(frm.perm[0].write);
	}

	draw() {
		if (!this.frm.doc.lines || !this.frm.doc.lines.length) {
			$('<p class="text-muted"></p>').text(__("Add people to the roster first.")).appendTo(this.place);
			return;
		}
		this.legend();
		const frame = $('<div class="kefu-roster"></div>').appendTo(this.place);
		const table = $('<table class="table table-bordered"></table>').appendTo(frame);
		const head = $("<tr></tr>").appendTo($("<thead></thead>").appendTo(table));
		$("<th></th>").text(__("Name")).appendTo(head);
		for (let day = 1; day <= this.days; day++) {
			const weekday = moment(`${this.frm.doc.month}-${String(day).padStart(2, "0")}`).day();
			$("<th></th>")
				.text(day)
				.toggleClass("kefu-roster-weekend", weekday === 0 || weekday === 6)
				.appendTo(head);
		}
		const body = $("<tbody></tbody>").appendTo(table);
		for (const line of this.frm.doc.lines) this.row(body, line);
	}

	legend() {
		const legend = $('<p class="text-muted small"></p>').appendTo(this.place);
		const texts = this.shifts.map(
			(row) => `${row.shift_code} ${row.shift_name} ${clock(row.start_time)}–${clock(row.end_time)}`
		);
		legend.text([...texts, `- ${__("Rest")}`].join(" · "));
		if (this.may_edit) {
			legend
				.append("<br>")
				.append(
					document.createTextNode(
						__("A click goes to the next shift; a click on the name fills the row from its first week.")
					)
				);
		}
	}

	row(body, line) {
		const codes = this.split(line);
		const row = $("<tr></tr>").appendTo(body);
		const name = $("<th></th>")
			.text(line.staff_name || line.staff)
			.appendTo(row);
		if (this.may_edit) name.on("click", () => this.repeat(line));
		codes.forEach((code, index) => {
			const cell = $('<td tabindex="0"></td>').appendTo(row);
			const show = (shown) =>
				cell
					.text(shown)
					.attr("data-shift", Math.max(0, this.codes.indexOf(shown)) % 5)
					.attr("aria-label", `${line.staff_name} ${index + 1}: ${shown}`);
			show(code);
			if (!this.may_edit) return;
			const next = () => {
				const list = this.split(line);
				list[index] = this.codes[(this.codes.indexOf(list[index]) + 1) % this.codes.length];
				this.write(line, list);
				show(list[index]);
			};
			cell.on("click", next).on("keydown", (event) => {
				if (event.key === "Enter" || event.key === " ") {
					event.preventDefault();
					next();
				}
			});
		});
	}

	split(line) {
		const codes = (line.days || "").split(",").filter(Boolean);
		while (codes.length < this.days) codes.push("-");
		return codes;
	}

	write(line, codes) {
		frappe.model.set_value(line.doctype, line.name, "days", codes.join(","));
	}

	repeat(line) {
		const week = this.split(line).slice(0, 7);
		this.write(
			line,
			Array.from({ length: this.days }, (_unused, index) => week[index % 7])
		);
		this.place.empty();
		this.draw();
	}
}
