// Floors, rooms and beds of a dormitory building (D17).
frappe.pages["dormitory-plan"].on_page_load = (wrapper) => {
	wrapper.plan = new DormitoryPlan(wrapper);
};

frappe.pages["dormitory-plan"].on_page_show = (wrapper) => wrapper.plan && wrapper.plan.refresh();

const PLAN = "kefu_property.dormitory.page.dormitory_plan.dormitory_plan.";
const BED_TONES = { Vacant: "green", "In Use": "blue", Reserved: "orange", Repair: "red" };

class DormitoryPlan {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Dormitory Plan"), single_column: true });
		this.building = this.page.add_field({
			fieldname: "building",
			fieldtype: "Select",
			label: __("Dormitory Building"),
			change: () => this.draw(),
		});
		if (frappe.model.can_create("Dormitory Application")) {
			this.page.set_primary_action(__("New Application"), () => this.apply());
		}
		for (const doctype of ["Dormitory Stay", "Dormitory Application", "Dormitory Room"]) {
			this.page.add_menu_item(__(doctype), () => frappe.set_route("List", doctype));
		}
		this.body = $('<div class="kefu-dorm"></div>').appendTo(this.page.main);
	}

	async refresh() {
		if (!this.buildings) {
			this.buildings = await frappe.xcall(PLAN + "get_buildings");
			this.building.df.options = this.buildings.map((row) => ({
				value: row.name,
				label: `${row.project_name} · ${row.building_name}`,
			}));
			this.building.refresh();
			if (this.buildings.length) await this.building.set_value(this.buildings[0].name);
		}
		await this.draw();
	}

	async draw() {
		const building = this.building.get_value();
		const plan = building ? await frappe.xcall(PLAN + "get_plan", { building }) : null;
		this.body.empty();
		if (!plan || !plan.floors.length) {
			$('<p class="text-muted"></p>').text(__("No rooms yet. Add a building and its rooms.")).appendTo(this.body);
			return;
		}
		this.project = plan.project;
		this.legend(plan.counts);
		for (const floor of plan.floors) this.floor(floor);
	}

	legend(counts) {
		const legend = $('<div class="kefu-dorm-legend"></div>').appendTo(this.body);
		for (const [status, tone] of Object.entries(BED_TONES)) {
			const text = `${__(status)} ${counts[status]}`;
			$("<span></span>").addClass(`indicator ${tone}`).text(text).appendTo(legend);
		}
		const all = Object.values(counts).reduce((sum, number) => sum + number, 0);
		const share = all ? Math.round((100 * counts["In Use"]) / all) : 0;
		$('<span class="text-muted"></span>')
			.text(__("{0} of {1} beds taken ({2} %)", [counts["In Use"], all, share]))
			.appendTo(legend);
	}

	floor({ floor, rooms }) {
		const box = $('<section class="kefu-dorm-floor"></section>').appendTo(this.body);
		$("<h5></h5>")
			.text(__("Floor {0}", [floor]))
			.appendTo(box);
		const grid = $('<div class="kefu-dorm-rooms"></div>').appendTo(box);
		for (const room of rooms) this.room(room).appendTo(grid);
	}

	room(room) {
		const card = $('<div class="kefu-dorm-room"></div>').toggleClass("kefu-dorm-closed", Boolean(room.closed));
		const head = $('<div class="kefu-dorm-head"></div>').appendTo(card);
		$("<a></a>")
			.attr("href", `/app/dormitory-room/${encodeURIComponent(room.name)}`)
			.text(room.room_code)
			.appendTo(head);
		const facts = [
			__(room.gender),
			room.lowest_rank && __("{0} and above", [__(room.lowest_rank)]),
			room.closed && __("Closed"),
		];
		$('<span class="text-muted"></span>').text(facts.filter(Boolean).join(" · ")).appendTo(head);
		const beds = $('<div class="kefu-dorm-beds"></div>').appendTo(card);
		for (const bed of room.beds) this.bed(bed).appendTo(beds);
		return card;
	}

	bed(bed) {
		const state = __(bed.status);
		const button = $('<button type="button" class="kefu-dorm-bed"></button>')
			.addClass(`kefu-dorm-${BED_TONES[bed.status]}`)
			.attr({
				"data-bed": bed.name,
				title: [state, bed.staff_name || bed.repair_reason].filter(Boolean).join(": "),
			})
			.on("click", () => this.open(bed));
		$("<b></b>").text(bed.bed_code).appendTo(button);
		$("<span></span>")
			.text(bed.staff_name || state)
			.appendTo(button);
		return button;
	}

	open(bed) {
		if (bed.stay) return frappe.set_route("Form", "Dormitory Stay", bed.stay);
		if (bed.application) return frappe.set_route("Form", "Dormitory Application", bed.application);
		return frappe.set_route("Form", "Dormitory Bed", bed.name);
	}

	apply() {
		frappe.new_doc("Dormitory Application", { project: this.project, building: this.building.get_value() });
	}
}
