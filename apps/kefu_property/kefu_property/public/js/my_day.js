// The start page of all staff, drawn inside the block "Kefu My Day" of the workspace "My Day".
frappe.provide("frappe.kefu");

frappe.kefu.draw_my_day = async (host) => {
	// slotted into the block's shadow, so that the desk's styles reach it
	const body = element("div", "kefu-my-day").appendTo($(host).empty());
	let day;
	try {
		day = await frappe.xcall("kefu_property.suite.start.my_day");
	} catch {
		return; // the framework has shown the message
	}
	body.append(greeting(day));
	const lists = $('<div class="kefu-my-day-lists"></div>').appendTo(body);
	lists.append(
		list(__("Waiting for My Approval"), day.approvals, approval, __("Nothing waits for your approval.")),
		list(__("My Tasks"), day.tasks, task, __("No open tasks.")),
		list(__("Notifications"), day.notifications, notification, __("No unread notifications."))
	);
	body.append(places(day.places), help());
};

function greeting(day) {
	const waiting = day.approvals.count + day.tasks.count;
	// the role's home is a page or a workspace
	const home = frappe.boot.page_info[frappe.boot.kefu.home] || (frappe.workspaces || {})[frappe.boot.kefu.home];
	const way =
		home &&
		frappe.boot.kefu.home !== "my-day" &&
		element("a", "btn btn-primary btn-sm", __(home.title)).attr("href", `/app/${frappe.boot.kefu.home}`);
	return element("div", "kefu-my-day-head").append(
		element("h3", "", __("Hello, {0}", [frappe.session.user_fullname])),
		element(
			"p",
			"text-muted",
			waiting ? __("{0} things wait for you.", [waiting]) : __("Nothing waits for you right now.")
		),
		way
	);
}

function list(title, data, draw, empty) {
	const card = element("section", "kefu-my-day-card");
	element("h4", "", title)
		.append(element("span", `indicator-pill no-indicator-dot ${data.count ? "orange" : "gray"}`, data.count))
		.appendTo(card);
	if (!data.rows.length) {
		return card.append(element("p", "text-muted", empty));
	}
	data.rows.forEach((row) => card.append(draw(row)));
	if (data.count > data.rows.length) {
		element("p", "text-muted", __("and {0} more", [data.count - data.rows.length])).appendTo(card);
	}
	return card;
}

const ago = (time) => frappe.datetime.prettyDate(time);
const approval = (row) => line(row, row.title, `${row.kind} · ${row.state}`, ago(row.since));
const task = (row) =>
	line(row, row.title, row.kind, row.due ? __("due {0}", [frappe.datetime.str_to_user(row.due)]) : "");
const notification = (row) => line(row, row.title, "", ago(row.since));

function line(row, title, detail, when) {
	const link = element("a", "kefu-my-day-row").attr("href", frappe.utils.get_form_link(row.doctype, row.name));
	return link.append(
		element("span", "", title),
		element("small", "text-muted", [detail, when].filter(Boolean).join(" · "))
	);
}

function places(rows) {
	const section = element("section").append(element("h4", "", __("Where I Work")));
	if (!rows.length) {
		return section.append(
			element(
				"p",
				"text-muted",
				__("No module for your role is in use yet. Ask the administrator of this site if you expected one.")
			)
		);
	}
	const grid = element("div", "kefu-my-day-places").appendTo(section);
	for (const row of rows) {
		const card = element("div", "kefu-my-day-card").appendTo(grid);
		element("a", "kefu-my-day-place")
			.attr("href", row.route)
			.append(element("strong", "", row.title))
			.appendTo(card);
		row.shortcuts.forEach((shortcut) =>
			element("a", "", shortcut.label).attr("href", route_of(shortcut)).appendTo(card)
		);
	}
	return section;
}

function route_of(shortcut) {
	const slug = frappe.router.slug(shortcut.link_to || "");
	const routes = {
		DocType: slug,
		Page: shortcut.link_to,
		Report: `query-report/${shortcut.link_to}`,
		Dashboard: `dashboard-view/${shortcut.link_to}`,
	};
	return shortcut.kind === "URL" ? shortcut.url : `/app/${routes[shortcut.kind]}`;
}

function help() {
	const section = element("section", "kefu-my-day-help text-muted");
	element("a", "", __("Keyboard Shortcuts"))
		.attr("href", "#")
		.on("click", (event) => {
			event.preventDefault();
			frappe.ui.toolbar.show_shortcuts(event);
		})
		.appendTo(section);
	element("a", "", __("My Settings"))
		.attr("href", frappe.utils.get_form_link("User", frappe.session.user))
		.appendTo(section);
	return section;
}

function element(tag, classes, text) {
	return $(document.createElement(tag))
		.addClass(classes || "")
		.text(text ?? "");
}
