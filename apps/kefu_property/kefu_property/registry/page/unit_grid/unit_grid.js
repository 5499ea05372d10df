// The homes of a project as coloured boxes, floor by floor (房态图). One listener, one class per box: 1,000 homes stay light.
frappe.pages["unit-grid"].on_page_load = (wrapper) => {
	wrapper.grid = new UnitGrid(wrapper);
};

frappe.pages["unit-grid"].on_page_show = (wrapper) => wrapper.grid && wrapper.grid.show();

const UNIT_GRID = "kefu_property.registry.page.unit_grid.unit_grid.";
const LAYER_KEY = "kefu-unit-grid-layer";

class UnitGrid {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Unit Grid"), single_column: true });
		this.project = this.select("project", __("Project"), () => this.load());
		this.building = this.select("building", __("Building"), () => this.draw());
		this.layer = this.select("layer", __("Coloured By"), () => {
			localStorage.setItem(LAYER_KEY, this.layer.get_value());
			this.filter = null;
			this.paint();
		});
		this.page.set_secondary_action(__("Refresh"), () => this.load());
		this.legend = $('<div class="kefu-grid-legend" role="group"></div>')
			.attr("aria-label", __("Legend"))
			.appendTo(this.page.main);
		this.body = $('<div class="kefu-grid"></div>').appendTo(this.page.main);
		this.body.on("keydown", "a", (event) => this.key(event));
		this.body.on("focusin", "a", (event) => this.rove(event.currentTarget));
	}

	select(fieldname, label, change) {
		return this.page.add_field({ fieldname, fieldtype: "Select", label, change });
	}

	options(field, rows, value) {
		field.df.options = rows;
		field.refresh();
		field.set_input(value);
		field.value = value;
	}

	async show() {
		const [, project, building] = frappe.get_route();
		if (!this.projects) {
			this.projects = await frappe.xcall(UNIT_GRID + "get_projects");
			const rows = this.projects.map((p) => ({ value: p.name, label: p.project_name }));
			this.options(this.project, rows, project || (rows[0] && rows[0].value));
		} else if (project) {
			this.project.set_input(project);
			this.project.value = project;
		}
		this.wanted = building;
		await this.load();
	}

	async load() {
		const project = this.project.get_value();
		if (!project) return;
		const answer = await frappe.xcall(UNIT_GRID + "get_grid", { project });
		if (this.project.get_value() !== project) return;
		this.buildings = answer.buildings;
		this.layers = answer.layers;
		const known = this.buildings.map((row) => row.building);
		const wanted = [this.wanted, this.building.get_value()].find((name) => known.includes(name)) || "";
		this.wanted = null;
		this.options(
			this.building,
			[
				{ value: "", label: __("All Buildings") },
				...this.buildings.map((row) => ({ value: row.building, label: row.title })),
			],
			wanted
		);
		const saved = this.layer.get_value() || localStorage.getItem(LAYER_KEY);
		const layer = this.layers.find((row) => row.key === saved) || this.layers[0];
		this.options(
			this.layer,
			this.layers.map((row) => ({ value: row.key, label: row.label })),
			layer && layer.key
		);
		this.draw();
	}

	draw() {
		const chosen = this.building.get_value();
		const shown = this.buildings.filter((row) => !chosen || row.building === chosen);
		this.cells = [];
		const all = document.createDocumentFragment();
		for (const building of shown) all.appendChild(this.table(building));
		this.body.empty();
		this.body[0].appendChild(all);
		if (!this.cells.length) $('<p class="text-muted"></p>').text(__("No homes yet.")).appendTo(this.body);
		else this.cells[0].tabIndex = 0;
		this.paint();
	}

	table({ title, entrances, floors }) {
		const box = this.element("section", "kefu-grid-building");
		const count = floors.reduce((sum, floor) => sum + floor.cells.reduce((n, cell) => n + cell.length, 0), 0);
		box.appendChild(this.element("h5", "", `${title} (${count})`));
		const scroll = box.appendChild(this.element("div", "kefu-grid-scroll"));
		const table = scroll.appendChild(this.element("table"));
		table.setAttribute("aria-label", title);
		if (entrances.length > 1 || entrances[0]) {
			const head = table.createTHead().insertRow();
			head.appendChild(this.element("th"));
			for (const entrance of entrances) {
				head.appendChild(this.element("th", "", entrance ? __("Entrance {0}", [entrance]) : ""));
			}
		}
		const rows = table.createTBody();
		for (const floor of floors) {
			const row = rows.insertRow();
			row.appendChild(this.element("th", "", floor.floor || "–"));
			for (const cell of floor.cells) {
				const group = row.insertCell().appendChild(this.element("div"));
				for (const unit of cell) group.appendChild(this.cell(unit));
			}
		}
		return box;
	}

	element(tag, name, text) {
		const element = document.createElement(tag);
		if (name) element.className = name;
		if (text) element.textContent = text;
		return element;
	}

	cell([name, code, room]) {
		const cell = this.element("a", "", room || code);
		cell.href = `/app/property-unit/${encodeURIComponent(name)}`;
		cell.tabIndex = -1;
		cell.unit = name;
		cell.code = code;
		this.cells.push(cell);
		return cell;
	}

	paint() {
		const layer = this.layers.find((row) => row.key === this.layer.get_value());
		if (!layer) return;
		const states = new Map(layer.states.map((row) => [row.key, row]));
		const counts = new Map();
		for (const cell of this.cells) {
			const key = layer.units[cell.unit] || layer.default || "";
			const found = states.get(key);
			cell.state = key;
			cell.className = `kefu-grid-${found ? found.colour : "none"}`;
			cell.title = `${cell.code} · ${found ? found.label : __("Not concerned")}`;
			cell.setAttribute("aria-label", cell.title);
			counts.set(key, (counts.get(key) || 0) + 1);
		}
		this.legend.empty();
		const rows = [...layer.states];
		if (counts.has("")) rows.push({ key: "", label: __("Not concerned"), colour: "none" });
		for (const { key, label, colour } of rows) {
			const button = $('<button type="button" class="btn btn-default btn-sm"></button>')
				.attr("aria-pressed", String(this.filter === key))
				.on("click", () => {
					this.filter = this.filter === key ? null : key;
					this.paint();
				})
				.appendTo(this.legend);
			$('<span class="kefu-grid-mark"></span>').addClass(`kefu-grid-${colour}`).appendTo(button);
			$("<span></span>")
				.text(`${label} ${counts.get(key) || 0}`)
				.appendTo(button);
		}
		const filtered = this.filter !== null && this.filter !== undefined;
		this.body.toggleClass("kefu-grid-filtered", filtered);
		if (filtered) for (const cell of this.cells) cell.classList.toggle("kefu-grid-on", cell.state === this.filter);
	}

	// one box is in the order of Tab, the arrows lead to the others
	rove(cell) {
		for (const other of this.body[0].querySelectorAll('a[tabindex="0"]')) other.tabIndex = -1;
		cell.tabIndex = 0;
	}

	key(event) {
		const cell = event.currentTarget;
		const index = this.cells.indexOf(cell);
		const vertical = { ArrowUp: -1, ArrowDown: 1 }[event.key];
		const next = vertical
			? this.above(cell, vertical)
			: {
					ArrowLeft: this.cells[index - 1],
					ArrowRight: this.cells[index + 1],
					Home: this.cells[0],
					End: this.cells[this.cells.length - 1],
				}[event.key];
		if (!next) return;
		event.preventDefault();
		next.focus();
	}

	above(cell, step) {
		const row = cell.closest("tr");
		const position = [...row.querySelectorAll("a")].indexOf(cell);
		const rows = [...this.body[0].querySelectorAll("tbody tr")].filter((other) => other.querySelector("a"));
		const target = rows[rows.indexOf(row) + step];
		const cells = target ? target.querySelectorAll("a") : [];
		return cells[Math.min(position, cells.length - 1)];
	}
}
