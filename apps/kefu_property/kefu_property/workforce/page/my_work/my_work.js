// My Work: what belongs to the signed-in member of staff; each section comes from a module (S6).
frappe.pages["my-work"].on_page_load = (wrapper) => {
	wrapper.work = new MyWork(wrapper);
};

frappe.pages["my-work"].on_page_show = (wrapper) => wrapper.work && wrapper.work.show();

class MyWork {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("My Work"), single_column: true });
		this.page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		this.body = $('<div class="kefu-my-work"></div>').appendTo(this.page.main);
	}

	async show() {
		const data = await frappe.xcall("kefu_property.workforce.page.my_work.my_work.overview");
		this.body.empty();
		if (data.message) {
			$('<p class="text-muted"></p>').text(data.message).appendTo(this.body);
			return;
		}
		const head = $("<header></header>").appendTo(this.body);
		$("<h4></h4>").text(data.staff_name).appendTo(head);
		$('<div class="text-muted"></div>')
			.text([data.staff_no, data.post, data.department, data.project, data.status].filter(Boolean).join(" · "))
			.appendTo(head);
		const grid = $('<div class="kefu-my-work-cards"></div>').appendTo(this.body);
		for (const card of data.cards) this.card(grid, card);
	}

	card(grid, card) {
		const box = $("<section></section>").attr("data-card", card.key).appendTo(grid);
		$("<h5></h5>").text(card.title).appendTo(box);
		if (card.facts && card.facts.length) {
			const facts = $('<dl class="kefu-my-work-facts"></dl>').appendTo(box);
			for (const fact of card.facts) {
				const pair = $("<div></div>").appendTo(facts);
				$("<dd></dd>").text(fact.text).appendTo(pair);
				$("<dt></dt>").text(fact.label).appendTo(pair);
			}
		}
		if (card.lines && card.lines.length) {
			const list = $('<ul class="list-unstyled"></ul>').appendTo(box);
			for (const line of card.lines) this.line(list, line);
		} else if (card.empty) {
			$('<p class="text-muted"></p>').text(card.empty).appendTo(box);
		}
		const bar = $('<div class="kefu-my-work-actions"></div>').appendTo(box);
		for (const action of card.actions || []) {
			$('<button type="button" class="btn"></button>')
				.addClass(action.primary ? "btn-primary" : "btn-default")
				.text(action.label)
				.on("click", () => (action.new ? frappe.new_doc(action.new) : frappe.set_route(...action.route)))
				.appendTo(bar);
		}
	}

	line(list, line) {
		const row = $("<li></li>").appendTo(list);
		const target = line.route
			? $('<a role="button" tabindex="0"></a>').on("click", () => frappe.set_route(...line.route))
			: $("<span></span>");
		target.text(line.text).appendTo(row);
		if (line.state) {
			$('<span class="indicator-pill"></span>')
				.addClass(line.indicator || "gray")
				.text(line.state)
				.appendTo(row);
		}
	}
}
