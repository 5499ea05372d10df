// Certificates and honours as a wall of pictures (D22).
frappe.pages["honour-wall"].on_page_load = (wrapper) => {
	wrapper.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Honour Wall"), single_column: true });
	wrapper.page.add_menu_item(__("Honour Record"), () => frappe.set_route("List", "Honour Record"));
	wrapper.wall = $('<div class="kefu-honours"></div>').appendTo(wrapper.page.main);
};

frappe.pages["honour-wall"].on_page_show = async (wrapper) => {
	const rows = await frappe.xcall("kefu_property.office.page.honour_wall.honour_wall.get_wall");
	wrapper.wall.empty();
	if (!rows.length) {
		$('<p class="text-muted"></p>').text(__("No honour is registered yet.")).appendTo(wrapper.wall);
	}
	for (const row of rows) {
		const card = $('<a class="kefu-honour"></a>')
			.attr("href", `/app/honour-record/${encodeURIComponent(row.name)}`)
			.toggleClass("kefu-honour-expired", row.expired)
			.appendTo(wrapper.wall);
		if (row.certificate) $("<img>").attr({ src: row.certificate, alt: row.title }).appendTo(card);
		else $('<div class="kefu-honour-blank" aria-hidden="true"></div>').text("★").appendTo(card);
		$("<strong></strong>").text(row.title).appendTo(card);
		const facts = [row.issuer, frappe.datetime.str_to_user(row.awarded_on), row.holder].filter(Boolean);
		$('<span class="text-muted"></span>').text(facts.join(" · ")).appendTo(card);
		const text = row.expired
			? __("Expired")
			: row.valid_until
				? __("Valid until {0}", [frappe.datetime.str_to_user(row.valid_until)])
				: __(row.level);
		$('<span class="indicator-pill no-indicator-dot"></span>')
			.addClass(row.expired ? "gray" : "green")
			.text(text)
			.appendTo(card);
	}
};
