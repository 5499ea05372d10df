// Checks made on this phone that the server does not have yet: kept in the browser's database, sent once, also after another login.
frappe.provide("frappe.kefu");

const DATABASE = "kefu-inspection";
const SEND = "/api/method/kefu_property.inspection.page.inspection_round.inspection_round.send";
// the session is over or somebody else's: the check stays on the phone until its author signs in
const SIGNED_OUT = ["NotOnAllowList", "SessionExpired", "AuthenticationError", "CSRFTokenError", "NotTheSender"];

frappe.kefu.inspection_queue = {
	listeners: new Set(),

	async database() {
		if (!this.opened) {
			this.opened = new Promise((resolve, reject) => {
				const request = indexedDB.open(DATABASE, 1);
				request.onupgradeneeded = () => {
					request.result.createObjectStore("checks", { keyPath: "id" });
					request.result.createObjectStore("sheets", { keyPath: "user" });
				};
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		}
		return this.opened;
	},

	async run(store, mode, action) {
		const database = await this.database();
		return new Promise((resolve, reject) => {
			const transaction = database.transaction(store, mode);
			const request = action(transaction.objectStore(store));
			transaction.oncomplete = () => resolve(request.result);
			transaction.onerror = () => reject(transaction.error);
		});
	},

	// what the phone took along: tasks, sheets and readings of the signed-in user
	keep_sheets(data) {
		return this.run("sheets", "readwrite", (store) =>
			store.put({ user: frappe.session.user, kept_on: frappe.datetime.now_datetime(), data })
		);
	},

	sheets() {
		return this.run("sheets", "readonly", (store) => store.get(frappe.session.user));
	},

	async checks() {
		const rows = await this.run("checks", "readonly", (store) => store.getAll());
		return rows.sort((a, b) => (a.performed_on < b.performed_on ? -1 : 1));
	},

	async put(check) {
		await this.run("checks", "readwrite", (store) => store.put(check));
		this.tell();
	},

	async remove(id) {
		await this.run("checks", "readwrite", (store) => store.delete(id));
		this.tell();
	},

	tell() {
		for (const listener of this.listeners) listener();
	},

	// Sends what waits, the oldest first; answers how each went: sent, waiting, signed out, conflict or refused.
	async flush() {
		if (this.flushing) return this.flushing;
		this.flushing = this.send_all().finally(() => (this.flushing = null));
		return this.flushing;
	},

	async send_all() {
		const results = {};
		for (const check of await this.checks()) {
			if (check.state !== "waiting" || check.user !== frappe.session.user) continue;
			const outcome = await this.send(check);
			results[check.id] = outcome;
			if (outcome.state === "sent") await this.remove(check.id);
			else if (outcome.state === "conflict" || outcome.state === "refused") {
				await this.put({ ...check, state: outcome.state, message: outcome.message });
			} else break;
		}
		return results;
	},

	async send(check) {
		const data = new FormData();
		for (const key of ["task", "facility", "template", "code", "performed_on", "note"]) {
			if (check[key]) data.append(key, check[key]);
		}
		data.append("request_id", check.id);
		data.append("user", check.user);
		data.append("answers", JSON.stringify(check.answers));
		for (const photo of check.photos) data.append("photos", photo, "photo.jpg");
		let answer;
		try {
			answer = await fetch(SEND, {
				method: "POST",
				headers: { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" },
				body: data,
			});
		} catch {
			return { state: "waiting" };
		}
		const body = await answer.json().catch(() => ({}));
		if (answer.ok) return { state: "sent", result: body.message };
		if (SIGNED_OUT.includes(body.exc_type) || answer.status === 401) return { state: "signed out" };
		if (answer.status >= 500 || answer.status === 429) return { state: "waiting" };
		const texts = JSON.parse(body._server_messages || "[]").map((text) => JSON.parse(text).message);
		const plain = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent;
		const message = texts.map(plain).join(" ");
		return { state: body.exc_type === "TaskDone" ? "conflict" : "refused", message };
	},
};

window.addEventListener("online", () => frappe.kefu.inspection_queue.flush());
$(document).on("app_ready", async () => {
	// whoever signs in again sends what was left on this phone
	if (!("indexedDB" in window) || !frappe.boot.kefu?.modules?.includes("inspection")) return;
	const results = Object.values(await frappe.kefu.inspection_queue.flush());
	const sent = results.filter((outcome) => outcome.state === "sent").length;
	if (sent) {
		frappe.show_alert({ message: __("{0} checks kept on this phone were sent.", [sent]), indicator: "green" });
	}
});
