frappe.pages["archive-search"].on_page_load = (wrapper) => {
	frappe.ui.make_app_page({ parent: wrapper, title: __("Archive Search"), single_column: true });
	wrapper.search = new ArchiveSearch(wrapper);
};

frappe.pages["archive-search"].on_page_show = (wrapper) => wrapper.search.focus();

/** Search in titles and in the text of the archived files. */
class ArchiveSearch {
	constructor(wrapper) {
		this.page = wrapper.page;
		this.project = this.page.add_field({
			fieldname: "project",
			fieldtype: "Link",
			options: "Property Project",
			label: __("Project"),
			change: () => this.search(),
		});
		this.archive_class = this.page.add_field({
			fieldname: "archive_class",
			fieldtype: "Link",
			options: "Archive Class",
			label: __("Archive Class"),
			change: () => this.search(),
		});
		this.$body = $(`<div class="kefu-archive-search">
			<form class="kefu-archive-bar">
				<input type="search" class="form-control input-lg" maxlength="140" autocomplete="off">
				<button class="btn btn-primary" type="submit"></button>
			</form>
			<div class="kefu-archive-hits"></div>
		</div>`).appendTo(this.page.main);
		this.$input = this.$body.find("input").attr("placeholder", __("Words in titles, keywords and attached files"));
		this.$body.find("button").text(__("Search"));
		this.$body.find("form").on("submit", (event) => {
			event.preventDefault();
			this.search();
		});
		this.$hits = this.$body.find(".kefu-archive-hits");
		this.say(__("PDF, Word, Excel and text files are searched, each word or phrase that you type."));
	}

	focus() {
		this.$input.trigger("focus");
	}

	say(text) {
		this.$hits.empty();
		$("<p class='text-muted'>").text(text).appendTo(this.$hits);
	}

	async search() {
		const text = this.$input.val().trim();
		if (!text) return;
		const run = (this.run = (this.run || 0) + 1);
		const { message: rows } = await frappe.call("kefu_property.office.archive_text.search", {
			text,
			project: this.project.get_value() || null,
			archive_class: this.archive_class.get_value() || null,
		});
		if (run !== this.run) return;
		if (!rows.length) {
			this.say(__("Nothing found. Try fewer or other words."));
			return;
		}
		this.say(__("{0} found", [rows.length]));
		rows.forEach((row) => this.hit(row, text).appendTo(this.$hits));
	}

	hit(row, text) {
		const facts = [row.name, row.class_name, frappe.datetime.str_to_user(row.file_date), __(row.status)];
		const $hit = $("<a class='kefu-archive-hit'>").attr(
			"href",
			`/app/archive-file/${encodeURIComponent(row.name)}`
		);
		$("<b>").text(row.file_title).appendTo($hit);
		$("<div class='small text-muted'>").text(facts.filter(Boolean).join(" · ")).appendTo($hit);
		if (row.excerpt) {
			const $text = $("<div class='kefu-archive-excerpt'>").text(row.excerpt).appendTo($hit);
			mark($text[0], text.split(/\s+/));
		}
		if (row.attachment) $("<div class='small text-muted'>").text(row.attachment).appendTo($hit);
		return $hit;
	}
}

/** Mark the words in an element that holds only text. */
function mark(element, words) {
	const pattern = words
		.filter(Boolean)
		.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
		.join("|");
	const parts = element.textContent.split(new RegExp(`(${pattern})`, "gi"));
	element.replaceChildren(
		...parts.map((part, at) => {
			const node = document.createElement(at % 2 ? "mark" : "span");
			node.textContent = part;
			return node;
		})
	);
}
