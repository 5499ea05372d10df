// The till: find the payer, choose bills or let the law's order decide, take the money, print the receipt. Keyboard only.
frappe.pages["collect-payment"].on_page_load = (wrapper) => {
	wrapper.till = new KefuTill(wrapper);
};

frappe.pages["collect-payment"].on_page_show = (wrapper) => wrapper.till.show();

const KEFU_METHODS = () => [
	["Cash", __("Cash")],
	["Bank Transfer", __("Bank Transfer")],
	["POS Card", __("POS Card")],
	["QR Code", __("QR Code")],
	["Cheque", __("Cheque")],
	["Prepayment", __("Prepayment")],
];
const KEFU_ACTIONS = "kefu_property.billing.actions.";

// Amounts are whole cents in the browser and texts on the wire: no binary fractions of yuan.
const kefuCents = (text) => {
	const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(String(text || "").trim());
	return match ? Number(match[1]) * 100 + Number((match[2] || "").padEnd(2, "0")) : null;
};
const kefuYuan = (cents) => {
	const sign = cents < 0 ? "-" : "";
	const value = Math.abs(cents);
	return `${sign}${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
};

class KefuTill {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Collect Payment"), single_column: true });
		this.page.set_secondary_action(__("Receipts"), () => frappe.set_route("List", "Fee Payment"));
		const $body = $('<div class="kefu-till"></div>').appendTo(this.page.main);
		this.$search = $('<input class="form-control kefu-till-search" type="search" autocomplete="off">')
			.attr("placeholder", __("Phone, unit, name or plate"))
			.attr("aria-label", __("Phone, unit, name or plate"))
			.appendTo($body);
		this.$people = $('<div class="kefu-till-people" role="listbox"></div>').appendTo($body);
		this.$payer = $('<div class="kefu-till-payer"></div>').appendTo($body);
		this.$search.on(
			"input",
			frappe.utils.debounce(() => this.search(), 200)
		);
		this.$search.on("keydown", (event) => this.on_search_key(event));
		$(wrapper).on("keydown", (event) => this.on_key(event));
		this.found = [];
		this.hint(
			__(
				"Type a phone number, a unit such as 1-2-301, or the beginning of a name. Arrow keys choose, Enter opens."
			)
		);
	}

	show() {
		const resident = frappe.route_options && frappe.route_options.resident;
		frappe.route_options = null;
		if (resident) this.open(resident);
		else setTimeout(() => this.$search.trigger("focus"), 50);
	}

	hint(text) {
		this.$payer.empty();
		$('<p class="text-muted kefu-till-hint"></p>').text(text).appendTo(this.$payer);
	}

	// --- finding ------------------------------------------------------------------------------------------------------

	async search() {
		const text = this.$search.val().trim();
		const ticket = (this.ticket = (this.ticket || 0) + 1);
		if (!text) {
			this.found = [];
			this.$people.empty();
			return;
		}
		const found = await frappe.xcall(`${KEFU_ACTIONS}search_payers`, { text });
		if (ticket !== this.ticket) return; // an answer to an older text
		this.found = found;
		this.active = 0;
		this.draw_people();
	}

	draw_people() {
		this.$people.empty();
		if (!this.found.length) {
			$('<p class="text-muted"></p>')
				.text(__("Nobody found. Try the unit or the last four digits of the phone."))
				.appendTo(this.$people);
		}
		const several = new Set(this.found.map((person) => person.project)).size > 1;
		this.found.forEach((person, index) => {
			const $row = $('<div class="kefu-till-person" role="option" tabindex="-1"></div>')
				.toggleClass("active", index === this.active)
				.attr("aria-selected", index === this.active)
				.on("click", () => this.open(person.resident))
				.appendTo(this.$people);
			$("<strong></strong>").text(person.resident_name).appendTo($row);
			$("<span></span>").text(person.units.join(", ")).appendTo($row);
			// people of two projects may share a name and a door number
			if (several) $('<span class="text-muted"></span>').text(person.project).appendTo($row);
			$('<span class="text-muted"></span>')
				.text(person.phone_masked || "")
				.appendTo($row);
			$('<span class="kefu-till-money"></span>')
				.text(person.bills ? __("{0} bills, {1} yuan", [person.bills, person.open]) : __("Nothing open"))
				.appendTo($row);
		});
	}

	on_search_key(event) {
		if (["ArrowDown", "ArrowUp"].includes(event.key) && this.found.length) {
			event.preventDefault();
			const step = event.key === "ArrowDown" ? 1 : -1;
			this.active = (this.active + step + this.found.length) % this.found.length;
			this.draw_people();
		} else if (event.key === "Enter" && this.found.length) {
			event.preventDefault();
			this.open(this.found[this.active].resident);
		}
	}

	// --- the payer's bills --------------------------------------------------------------------------------------------

	async open(resident) {
		const data = await frappe.xcall(`${KEFU_ACTIONS}open_bills`, { resident });
		this.found = [];
		this.$people.empty();
		this.resident = resident;
		this.data = data;
		this.key = frappe.utils.get_random(20); // the same payment sent twice is taken once
		const projects = [...new Set(data.bills.map((bill) => bill.project))];
		this.project = projects[0] || data.project;
		this.draw_payer();
	}

	draw_payer() {
		const { data } = this;
		this.$payer.empty();
		const $head = $('<div class="kefu-till-head"></div>').appendTo(this.$payer);
		$("<h4></h4>").text(data.label).appendTo($head);
		$("<span></span>")
			.text(__("Prepayment: {0} yuan", [data.prepayment]))
			.appendTo($head);
		this.draw_deposits();
		this.draw_bills();
		this.draw_form();
		this.update();
		if (data.bills.length) this.$payer.find(".kefu-till-amount").trigger("focus").trigger("select");
		else this.$payer.find(".kefu-till-total").trigger("focus");
	}

	/** Deposits that other desks asked for: each is taken in its own form, with its own receipt. */
	draw_deposits() {
		for (const deposit of this.data.deposits) {
			$('<a class="btn btn-default btn-sm kefu-till-deposit"></a>')
				.attr("href", `/app/fee-deposit/${encodeURIComponent(deposit.name)}`)
				.text(__("Take deposit: {0}, {1} yuan", [deposit.item, deposit.amount]))
				.appendTo(this.$payer);
		}
	}

	draw_bills() {
		const bills = this.data.bills.filter((bill) => bill.project === this.project);
		this.bills = bills;
		if (!bills.length) {
			$('<p class="text-muted"></p>')
				.text(__("Nothing is open. What is paid now is kept as prepayment."))
				.appendTo(this.$payer);
			return;
		}
		const $table = $(
			'<table class="table kefu-till-bills"><thead><tr></tr></thead><tbody></tbody></table>'
		).appendTo(this.$payer);
		for (const text of [__("Unit and Period"), __("Fee Items"), __("Due Date"), __("Unpaid"), __("Pay Now")]) {
			$("<th></th>").text(text).appendTo($table.find("tr"));
		}
		bills.forEach((bill) => {
			const $row = $("<tr></tr>").toggleClass("kefu-till-overdue", bill.overdue).appendTo($table.find("tbody"));
			const $link = $("<a></a>")
				.attr("href", `/app/fee-invoice/${encodeURIComponent(bill.name)}`)
				.attr("tabindex", -1);
			$link.text(bill.title).appendTo($("<td></td>").appendTo($row));
			$("<td></td>").text(bill.items.join(", ")).appendTo($row);
			$("<td></td>").text(frappe.datetime.str_to_user(bill.due_date)).appendTo($row);
			$('<td class="kefu-till-money"></td>').text(bill.outstanding).appendTo($row);
			bill.$input = $('<input class="form-control kefu-till-amount" inputmode="decimal">')
				.attr("aria-label", __("Pay now for {0}", [bill.title]))
				.val(bill.outstanding)
				.on("input", () => this.update(true))
				.on("keydown", (event) => this.on_amount_key(event, bill));
			$("<td></td>").append(bill.$input).appendTo($row);
		});
	}

	on_amount_key(event, bill) {
		const index = this.bills.indexOf(bill);
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			const next = this.bills[index + (event.key === "ArrowDown" ? 1 : -1)];
			const $target = next ? next.$input : event.key === "ArrowDown" ? this.$total : bill.$input;
			$target.trigger("focus").trigger("select");
		} else if (event.key === " ") {
			event.preventDefault(); // the space bar ticks: all or nothing of this bill
			bill.$input.val(kefuCents(bill.$input.val()) ? "" : bill.outstanding);
			this.update(true);
		}
	}

	draw_form() {
		const $form = $('<div class="kefu-till-form"></div>').appendTo(this.$payer);
		const field = (label, $input) => {
			const $label = $("<label></label>").appendTo($form);
			$("<span></span>").text(label).appendTo($label);
			return $input.appendTo($label);
		};
		this.$method = field(__("Method"), $('<select class="form-control kefu-till-method"></select>'));
		for (const [value, label] of KEFU_METHODS()) {
			if (value === "Prepayment" && !kefuCents(this.data.prepayment)) continue;
			$("<option></option>").attr("value", value).text(label).appendTo(this.$method);
		}
		this.$method.on("change", () => this.update());
		this.$total = field(__("Amount"), $('<input class="form-control kefu-till-total" inputmode="decimal">'));
		this.$total.on("input", () => this.update());
		this.$given = field(__("Cash Given"), $('<input class="form-control kefu-till-given" inputmode="decimal">'));
		this.$given.on("input", () => this.update());
		this.$reference = field(__("Reference No"), $('<input class="form-control kefu-till-reference">'));
		this.$result = $('<p class="kefu-till-result" aria-live="polite"></p>').appendTo(this.$payer);
		this.$post = $('<button class="btn btn-primary kefu-till-post"></button>')
			.text(__("Post and Print (Enter)"))
			.on("click", () => this.post())
			.appendTo(this.$payer);
		$('<p class="text-muted kefu-till-keys"></p>')
			.text(
				__("Arrow keys move between bills, the space bar chooses a bill or not, Enter posts, Esc starts over.")
			)
			.appendTo(this.$payer);
	}

	chosen() {
		return this.bills.map((bill) => ({
			invoice: bill.name,
			cents: kefuCents(bill.$input.val() || "0"),
			open: kefuCents(bill.outstanding),
			$input: bill.$input,
		}));
	}

	/** Recalculate; `from_bills` when the payer's choice changed, which sets the total. */
	update(from_bills = false) {
		const rows = this.chosen();
		const sum = rows.reduce((total, row) => total + (row.cents || 0), 0);
		if (from_bills || !this.$total.val()) this.$total.val(sum ? kefuYuan(sum) : "");
		const cash = this.$method.val() === "Cash";
		this.$given.closest("label").toggle(cash);
		this.$reference.closest("label").toggle(!cash);
		const total = kefuCents(this.$total.val());
		const given = cash && this.$given.val() ? kefuCents(this.$given.val()) : null;
		this.problem = null;
		const bad = rows.find((row) => row.cents === null || row.cents > row.open);
		rows.forEach((row) => row.$input.toggleClass("kefu-till-bad", row.cents === null || row.cents > row.open));
		if (bad) this.problem = __("An amount is not a number or is more than is open.");
		else if (!total) this.problem = __("Type the amount.");
		else if (cash && this.$given.val() && given === null) this.problem = __("The cash given is not an amount.");
		else if (given !== null && given < total) this.problem = __("{0} yuan are missing.", [kefuYuan(total - given)]);
		else if (this.$method.val() === "Prepayment" && total > kefuCents(this.data.prepayment))
			this.problem = __("The prepayment is {0} yuan.", [this.data.prepayment]);
		// less was paid than chosen: the law's order decides instead of the choice
		this.by_law = Boolean(total) && total < sum;
		const texts = [];
		if (given !== null && !this.problem) texts.push(__("Change: {0} yuan", [kefuYuan(given - total)]));
		if (this.by_law && !this.problem) texts.push(__("Less than chosen: due bills are settled, the oldest first."));
		if (!this.problem && total > sum && this.bills.length)
			texts.push(__("{0} yuan settle other open bills or become prepayment.", [kefuYuan(total - sum)]));
		this.$result.text(this.problem || texts.join(" ")).toggleClass("text-danger", Boolean(this.problem));
		this.$post.prop("disabled", Boolean(this.problem));
	}

	on_key(event) {
		if (event.key === "Escape" && this.resident) {
			event.preventDefault();
			this.reset();
		} else if (event.key === "Enter" && this.resident && !$(event.target).is("button, a, .kefu-till-search")) {
			event.preventDefault();
			this.post();
		}
	}

	reset() {
		this.resident = null;
		this.data = null;
		this.hint(__("Ready for the next payer."));
		this.$search.val("").trigger("focus");
	}

	// --- posting ------------------------------------------------------------------------------------------------------

	async post() {
		this.update();
		if (this.problem || this.posting || !this.resident) return;
		this.posting = true;
		this.$post.prop("disabled", true);
		const bills = this.by_law
			? []
			: this.chosen()
					.filter((row) => row.cents)
					.map((row) => ({ invoice: row.invoice, amount: kefuYuan(row.cents) }));
		try {
			const receipt = await frappe.xcall(`${KEFU_ACTIONS}collect`, {
				resident: this.resident,
				project: this.project,
				amount: kefuYuan(kefuCents(this.$total.val())),
				method: this.$method.val(),
				bills: JSON.stringify(bills),
				tendered: (this.$method.val() === "Cash" && this.$given.val()) || null,
				reference_no: this.$reference.val() || null,
				idempotency_key: this.key,
			});
			this.done(receipt);
		} catch {
			// the server's message has been shown; the open amounts may have changed meanwhile
			await this.open(this.resident);
		} finally {
			this.posting = false;
		}
	}

	done(receipt) {
		this.reset();
		this.$payer.empty();
		const $done = $('<div class="kefu-till-done"></div>').appendTo(this.$payer);
		$("<h4></h4>")
			.text(__("Receipt {0}: {1} yuan", [receipt.receipt_no, receipt.amount]))
			.appendTo($done);
		if (kefuCents(receipt.change))
			$('<p class="kefu-till-change"></p>')
				.text(__("Change: {0} yuan", [receipt.change]))
				.appendTo($done);
		if (kefuCents(receipt.prepaid))
			$("<p></p>")
				.text(__("Kept as prepayment: {0} yuan", [receipt.prepaid]))
				.appendTo($done);
		$('<a class="btn btn-default" target="_blank"></a>')
			.attr("href", kefuReceiptUrl(receipt.name))
			.text(__("Print Receipt"))
			.appendTo($done);
		kefuPrint(kefuReceiptUrl(receipt.name));
		this.$search.trigger("focus");
	}
}

const kefuReceiptUrl = (name) =>
	`/api/method/frappe.utils.print_format.download_pdf?${new URLSearchParams({ doctype: "Fee Payment", name, format: "Fee Receipt", no_letterhead: "1" })}`;

/** Print without leaving the page: the PDF in a hidden frame, its own print dialogue. */
function kefuPrint(url) {
	$("#kefu-till-print").remove();
	const $frame = $('<iframe id="kefu-till-print" class="kefu-till-frame" aria-hidden="true"></iframe>').appendTo(
		document.body
	);
	$frame.on("load", () => {
		try {
			$frame[0].contentWindow.print();
		} catch {
			window.open(url); // the browser shows PDFs in a viewer that pages may not drive
		}
	});
	$frame.attr("src", url);
}
