// Signing in at a meeting on a phone: the QR code of the sheet opens this page with its code (D31).
frappe.pages["meeting-sign-in"].on_page_load = (wrapper) => {
	wrapper.sign_in = new MeetingSignIn(wrapper);
};

frappe.pages["meeting-sign-in"].on_page_show = (wrapper) => wrapper.sign_in && wrapper.sign_in.show();

class MeetingSignIn {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Meeting Sign-in"), single_column: true });
		this.body = $('<div class="kefu-patrol"></div>').appendTo(this.page.main);
	}

	show() {
		this.body.empty();
		const bar = $('<form class="kefu-patrol-bar"></form>').appendTo(this.body);
		const input = $('<input type="text" class="form-control" autocomplete="off" autocapitalize="characters">')
			.attr("placeholder", __("Code on the sign-in sheet"))
			.attr("aria-label", __("Code on the sign-in sheet"))
			.val(frappe.get_route()[1] || "")
			.appendTo(bar);
		$('<button type="submit" class="btn btn-primary"></button>').text(__("I Am Present")).appendTo(bar);
		this.answer = $('<div role="status"></div>').appendTo(this.body);
		bar.on("submit", (event) => {
			event.preventDefault();
			if (input.val().trim()) this.send(input.val());
		});
	}

	async send(code) {
		const data = await frappe.xcall("kefu_property.community.page.meeting_sign_in.meeting_sign_in.sign_in", {
			code,
		});
		this.answer.empty().addClass("kefu-patrol-done");
		$("<strong></strong>").text(data.subject).appendTo(this.answer);
		for (const text of [
			data.room,
			__("Signed in at {0}", [frappe.datetime.str_to_user(data.signed_on)]),
			__("{0} of {1} people present", [data.present, data.invited]),
			...data.agenda.map((topic, index) => `${index + 1}. ${topic}`),
		]) {
			$("<div></div>").text(text).appendTo(this.answer);
		}
	}
}
