// Questions of a survey that depend on earlier answers: those that are not asked are hidden and not sent.
const form = document.querySelector("form[data-survey]");

/** The answers given to a question that is shown. */
function answersOf(code) {
	const box = form.querySelector(`[data-code="${code}"]`);
	if (!box || box.hidden) return [];
	return [...box.querySelectorAll("input, select, textarea")]
		.filter((input) => (["radio", "checkbox"].includes(input.type) ? input.checked : input.value))
		.map((input) => input.value);
}

function update() {
	for (const box of form.querySelectorAll("[data-when]")) {
		const wanted = JSON.parse(box.dataset.values);
		const shown = answersOf(box.dataset.when).some((value) => wanted.includes(value));
		box.hidden = !shown;
		for (const input of box.querySelectorAll("input, select, textarea")) input.disabled = !shown;
	}
}

if (form) {
	form.addEventListener("change", update);
	update();
}
