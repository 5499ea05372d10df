// Behaviour of the portal's pages. Pages are complete without it; it sends forms and answers at once.
// Markup contract (docs/portal.md): form[data-call], button[data-call], [data-dialog], [data-photos], [data-step].

const strings = JSON.parse(document.getElementById("portal-strings").textContent);
const csrf = document.querySelector('meta[name="csrf-token"]').content;
const PHOTO_EDGE = 1600; // longest edge of an uploaded photo, pixels
const PHOTO_LIMIT = 8 * 1024 * 1024;

class PortalError extends Error {}

/** Call a whitelisted method. `args`: object or FormData. Resolves to its answer; shows a toast and rejects on failure. */
async function call(method, args = {}, { silent = false } = {}) {
	const multipart = args instanceof FormData;
	const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest", "X-Frappe-CSRF-Token": csrf };
	if (!multipart) headers["Content-Type"] = "application/json";
	let response;
	let body = {};
	try {
		response = await fetch(`/api/method/${method}`, {
			method: "POST",
			headers,
			credentials: "same-origin",
			body: multipart ? args : JSON.stringify(args),
		});
		body = await response.json().catch(() => ({}));
	} catch {
		return fail(strings.network, silent);
	}
	if (response.ok) return body.message;
	if (body.session_expired) {
		location.assign(`/portal/login?next=${encodeURIComponent(location.pathname + location.search)}`);
		return fail(strings.signed_out, silent);
	}
	return fail(messageOf(body) || strings.failed, silent);
}

function fail(text, silent) {
	if (!silent) toast(text, "bad");
	throw new PortalError(text);
}

/** The fields of a form as a method gets them: those whose name ends with [] as a list under the name without it. */
function argumentsOf(data) {
	const args = {};
	for (const [name, value] of data) {
		if (name.endsWith("[]")) (args[name.slice(0, -2)] ||= []).push(value);
		else args[name] = value;
	}
	return args;
}

/** The text that the server meant for the reader: plain, without tags. */
function messageOf(body) {
	try {
		const parts = JSON.parse(body._server_messages || "[]").map((part) => JSON.parse(part).message);
		const doc = new DOMParser().parseFromString(parts.join("\n"), "text/html");
		return doc.body.textContent.trim();
	} catch {
		return "";
	}
}

function toast(text, tone = "plain") {
	const item = document.createElement("div");
	item.className = `toast toast-${tone}`;
	item.textContent = text;
	document.getElementById("toasts").append(item);
	setTimeout(() => item.remove(), 6000);
}

/** Where to go after a call: `stay` (the form is emptied), `reload`, `next` (the server says), or an address. */
function finish(done, answer, element) {
	element.dispatchEvent(new CustomEvent("portal:done", { bubbles: true, detail: answer }));
	const text = answer && answer.toast;
	if (text) toast(text, "good");
	if (!done || done === "stay") {
		if (element.tagName === "FORM") element.reset();
		return false;
	}
	if (done === "reload") location.reload();
	else location.assign(done === "next" ? (answer && answer.next) || "/portal" : done);
	return true;
}

async function whileBusy(button, work) {
	if (button.getAttribute("aria-busy") === "true") return;
	button.setAttribute("aria-busy", "true");
	button.disabled = true;
	let leaving = false;
	try {
		leaving = await work();
	} catch (error) {
		if (!(error instanceof PortalError)) throw error;
	} finally {
		// a page that is being left keeps its button disabled, so that nobody sends twice
		if (!leaving) {
			button.removeAttribute("aria-busy");
			button.disabled = false;
		}
	}
}

function formError(form, text) {
	const place = form.querySelector(".form-error");
	if (!place) return text && toast(text, "bad");
	place.textContent = text;
	place.hidden = !text;
}

document.addEventListener("submit", (event) => {
	const form = event.target.closest("form[data-call]");
	if (!form) return;
	event.preventDefault();
	formError(form, "");
	const files = form.querySelector('input[type="file"]');
	whileBusy(event.submitter || form.querySelector('[type="submit"]'), async () => {
		const data = new FormData(form);
		for (const field of form.querySelectorAll("[data-photos]")) {
			const input = field.querySelector('input[type="file"]');
			data.delete(input.name);
			for (const photo of field.chosen || []) data.append(input.name, photo, photo.name);
		}
		try {
			const answer = await call(form.dataset.call, files ? data : argumentsOf(data), { silent: true });
			return finish(form.dataset.done, answer, form);
		} catch (error) {
			if (error instanceof PortalError) formError(form, error.message);
			throw error;
		}
	});
});

document.addEventListener("click", (event) => {
	const target = event.target.closest("button, a");
	if (!target) return;
	const { dataset } = target;
	if (dataset.language) {
		whileBusy(target, async () => {
			await call("kefu_property.suite.portal_auth.set_language", { language: dataset.language });
			location.reload();
			return true;
		});
	} else if (dataset.dialog) {
		document.getElementById(dataset.dialog).showModal();
	} else if (dataset.close !== undefined) {
		target.closest("dialog").close();
	} else if (dataset.call && target.tagName === "BUTTON") {
		whileBusy(target, async () =>
			finish(dataset.done, await call(dataset.call, JSON.parse(dataset.args || "{}")), target)
		);
	} else if (dataset.sendCode) {
		sendCode(target);
	} else if (dataset.step) {
		const input = target.parentElement.querySelector("input");
		if (Number(dataset.step) > 0) input.stepUp();
		else input.stepDown();
		input.dispatchEvent(new Event("change", { bubbles: true }));
	}
});

/** Sign-in: ask for a code, then count the seconds until one may ask again. */
function sendCode(button) {
	const { form } = button;
	const phone = form.elements.phone;
	formError(form, "");
	if (!phone.reportValidity()) return;
	whileBusy(button, async () => {
		try {
			const answer = await call(button.dataset.sendCode, { phone: phone.value }, { silent: true });
			toast(answer.toast, "good");
			form.elements.code.focus();
			countDown(button, answer.resend_after);
			return true;
		} catch (error) {
			if (error instanceof PortalError) formError(form, error.message);
			throw error;
		}
	});
}

function countDown(button, seconds) {
	const label = button.querySelector("span");
	const original = label.textContent;
	button.removeAttribute("aria-busy");
	const tick = () => {
		label.textContent = seconds > 0 ? strings.resend.replace("{0}", seconds) : original;
		button.disabled = seconds > 0;
		if (seconds-- > 0) setTimeout(tick, 1000);
	};
	tick();
}

document.addEventListener("change", async (event) => {
	const field = event.target.type === "file" && event.target.closest("[data-photos]");
	if (!field) return;
	field.chosen = field.chosen || [];
	const add = field.querySelector(".photo-add");
	for (const file of event.target.files) {
		if (field.chosen.length >= Number(field.dataset.most)) break;
		const photo = await smaller(file);
		if (photo.size > PHOTO_LIMIT) {
			toast(strings.too_large.replace("{0}", PHOTO_LIMIT / 1024 / 1024), "bad");
			continue;
		}
		field.chosen.push(photo);
		add.before(preview(field, photo, add));
	}
	event.target.value = "";
	add.hidden = field.chosen.length >= Number(field.dataset.most);
});

function preview(field, photo, add) {
	const item = document.createElement("div");
	const image = document.createElement("img");
	const remove = document.createElement("button");
	item.className = "photo";
	image.src = URL.createObjectURL(photo);
	image.alt = photo.name;
	remove.type = "button";
	remove.textContent = "×";
	remove.setAttribute("aria-label", strings.remove);
	remove.addEventListener("click", () => {
		field.chosen.splice(field.chosen.indexOf(photo), 1);
		URL.revokeObjectURL(image.src);
		item.remove();
		add.hidden = false;
	});
	item.append(image, remove);
	return item;
}

/** A phone's photo of 5 MB becomes one of some 300 kB; what the browser cannot read is sent as it is. */
async function smaller(file) {
	try {
		const bitmap = await createImageBitmap(file);
		const scale = Math.min(1, PHOTO_EDGE / Math.max(bitmap.width, bitmap.height));
		const canvas = document.createElement("canvas");
		canvas.width = Math.round(bitmap.width * scale);
		canvas.height = Math.round(bitmap.height * scale);
		canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
		const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
		return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
	} catch {
		return file;
	}
}

window.portal = { call, toast };
