// Training Room: sessions of the signed-in person, attendance by code, the test on phone or desk (D28).
frappe.pages["training-room"].on_page_load = (wrapper) => {
	wrapper.room = new TrainingRoom(wrapper);
};

frappe.pages["training-room"].on_page_show = (wrapper) => wrapper.room && wrapper.room.show();

const ROOM = "kefu_property.workforce.page.training_room.training_room.";

class TrainingRoom {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Training Room"), single_column: true });
		this.body = $('<div class="kefu-training"></div>').appendTo(this.page.main);
	}

	async show() {
		clearInterval(this.clock);
		const code = frappe.get_route()[1];
		if (code) {
			const answer = await frappe.xcall(ROOM + "check_in", { code }).catch(() => null);
			if (answer) {
				frappe.show_alert({
					message: answer.first
						? __("You are marked present at {0}.", [answer.course_name])
						: __("You were marked present at {0} before.", [answer.course_name]),
					indicator: "green",
				});
			}
			frappe.set_route("training-room");
			return;
		}
		const rows = await frappe.xcall(ROOM + "overview");
		this.body.empty();
		if (!rows.length)
			$('<p class="text-muted"></p>').text(__("No training is planned for you.")).appendTo(this.body);
		for (const row of rows) this.session(row);
	}

	session(row) {
		const card = $("<section></section>").attr("data-session", row.name).appendTo(this.body);
		const head = $("<div></div>").appendTo(card);
		$("<strong></strong>").text(row.course_name).appendTo(head);
		$('<span class="indicator-pill"></span>')
			.addClass(row.attended ? "green" : row.status === "Done" ? "red" : "blue")
			.text(row.attended ? __("Attended") : row.status === "Done" ? __("Absent") : row.status_text)
			.appendTo(head);
		$('<div class="text-muted"></div>')
			.text([row.when, row.place, row.trainer].filter(Boolean).join(" · "))
			.appendTo(card);
		if (row.score) {
			$("<div></div>")
				.text(
					row.passed
						? __("Test passed with {0} points", [row.score])
						: __("Best test: {0} points", [row.score])
				)
				.appendTo(card);
		}
		if (!row.attended && row.status !== "Done") {
			$('<div class="small"></div>')
				.text(__("Scan the code on the trainer's screen to be marked present."))
				.appendTo(card);
		}
		if (row.content) {
			const details = $("<details></details>").appendTo(card);
			$("<summary></summary>").text(__("Content")).appendTo(details);
			// eslint-disable-next-line kefu/safe-html -- a Text Editor field, which the framework cleans when it is saved
			$("<div></div>").html(frappe.dom.remove_script_and_style(row.content)).appendTo(details);
		}
		if (row.test_open) {
			$('<button type="button" class="btn btn-primary btn-block"></button>')
				.text(__("Start the Test"))
				.on("click", () => this.start(row))
				.appendTo(card);
		}
		if (row.attended) this.stars(card, row);
	}

	stars(card, row) {
		const bar = $('<div class="kefu-training-stars" role="group"></div>')
			.attr("aria-label", __("Your rating"))
			.appendTo(card);
		$("<span></span>").text(__("Your rating")).appendTo(bar);
		for (let stars = 1; stars <= 5; stars++) {
			$('<button type="button" class="btn btn-default"></button>')
				.text(stars <= row.rating ? "★" : "☆")
				.attr("aria-label", __("{0} of 5 stars", [stars]))
				.on("click", async () => {
					await frappe.xcall(ROOM + "rate", { session: row.name, rating: stars });
					this.show();
				})
				.appendTo(bar);
		}
	}

	async start(row) {
		const test = await frappe.xcall(ROOM + "start_test", { session: row.name });
		this.body.empty();
		this.answers = test.questions.map(() => "");
		const head = $('<div class="kefu-training-clock"></div>').appendTo(this.body);
		$("<strong></strong>").text(row.course_name).appendTo(head);
		const clock = $('<span role="timer"></span>').appendTo(head);
		$('<p class="text-muted"></p>')
			.text(__("Passed from {0} points of 100.", [test.pass_mark]))
			.appendTo(this.body);
		test.questions.forEach((question, index) => this.question(question, index));
		const button = $('<button type="button" class="btn btn-primary btn-block"></button>')
			.text(__("Hand In the Test"))
			.on("click", () => this.hand_in(test, button))
			.appendTo(this.body);
		const until = Date.now() + test.seconds * 1000;
		const tick = () => {
			const left = Math.max(0, Math.round((until - Date.now()) / 1000));
			clock.text(`${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
			if (!left) {
				clearInterval(this.clock);
				this.hand_in(test, button, true);
			}
		};
		this.clock = setInterval(tick, 1000);
		tick();
	}

	question(question, index) {
		const many = question.kind === "Multiple Choice";
		const field = $("<fieldset></fieldset>").appendTo(this.body);
		$("<legend></legend>")
			.text(`${index + 1}. ${question.question}${many ? ` (${__("several answers")})` : ""}`)
			.appendTo(field);
		for (const [letter, text] of question.options) {
			const label = $("<label></label>").appendTo(field);
			$("<input>")
				.attr({ type: many ? "checkbox" : "radio", name: `question-${index}`, value: letter })
				.on("change", () => {
					this.answers[index] = field
						.find("input:checked")
						.map((_index, input) => input.value)
						.get()
						.join("");
				})
				.appendTo(label);
			$("<span></span>").text(`${letter}. ${text}`).appendTo(label);
		}
	}

	async hand_in(test, button, late) {
		if (!late && this.answers.some((answer) => !answer)) {
			const go_on = await new Promise((resolve) =>
				frappe.confirm(
					__("Some questions have no answer. Hand in all the same?"),
					() => resolve(true),
					() => resolve(false)
				)
			);
			if (!go_on) return;
		}
		button.prop("disabled", true);
		clearInterval(this.clock);
		const result = await frappe.xcall(ROOM + "hand_in", { attempt: test.attempt, answers: this.answers });
		this.body.empty();
		$('<div class="kefu-check-in-message" role="status"></div>')
			.attr("data-colour", result.passed ? "green" : "red")
			.text(
				result.passed
					? __("Passed with {0} points.", [result.score])
					: __("{0} points; {1} are needed.", [result.score, result.pass_mark])
			)
			.appendTo(this.body);
		$('<button type="button" class="btn btn-default btn-block"></button>')
			.text(__("Back"))
			.on("click", () => this.show())
			.appendTo(this.body);
	}
}
