// Rooms, by the framework's names (frappe/realtime.py publishes to them), and who may enter which.
"use strict";

const rooms = {
	site: "all",
	website: "website",
	user: (user) => `user:${user}`,
	doctype: (doctype) => `doctype:${doctype}`,
	doc: (doctype, name) => `doc:${doctype}/${name}`,
	openDoc: (doctype, name) => `open_doc:${doctype}/${name}`,
	task: (id) => `task_progress:${id}`,
};

// What one browser tab can ask for; far above what the desk does.
const MAX_PENDING_CHECKS = 20;
const MAX_ROOMS = 500;
const MAX_NAME_LENGTH = 255;

const isName = (value) => typeof value === "string" && value.length > 0 && value.length <= MAX_NAME_LENGTH;

/** Join the rooms that follow from who the user is. */
function joinOwnRooms(socket) {
	const { user, isDeskUser } = socket.data;
	socket.join(rooms.website);
	// all guests share one user name: a room of theirs would show each of them what concerns another
	if (user !== "Guest") socket.join(rooms.user(user));
	if (isDeskUser) socket.join(rooms.site);
}

/** Answer the client's requests to enter and leave rooms. */
function handleSubscriptions(socket) {
	const openDocs = new Map();
	let pending = 0;

	async function joinIfAllowed(room, method, args) {
		if (socket.rooms.has(room)) return true;
		if (pending >= MAX_PENDING_CHECKS || socket.rooms.size >= MAX_ROOMS) return false;
		pending += 1;
		try {
			if (!(await socket.data.ask(method, args))) return false;
			if (!socket.connected) return false;
			socket.join(room);
			return true;
		} catch (error) {
			console.error(`realtime: ${room} not checked: ${error.message}`);
			return false;
		} finally {
			pending -= 1;
		}
	}

	const joinDoc = (room, doctype, docname) =>
		joinIfAllowed(room, "frappe.realtime.can_subscribe_doc", { doctype, docname });

	function on(event, handler) {
		socket.on(event, (...args) => {
			const names = args.slice(0, handler.length).map((arg) => (typeof arg === "number" ? String(arg) : arg));
			if (names.length === handler.length && names.every(isName)) handler(...names);
		});
	}

	on("doctype_subscribe", (doctype) => {
		joinIfAllowed(rooms.doctype(doctype), "frappe.realtime.can_subscribe_doctype", { doctype });
	});
	on("doctype_unsubscribe", (doctype) => socket.leave(rooms.doctype(doctype)));

	on("doc_subscribe", (doctype, name) => {
		joinDoc(rooms.doc(doctype, name), doctype, name);
	});
	on("doc_unsubscribe", (doctype, name) => socket.leave(rooms.doc(doctype, name)));

	on("doc_open", async (doctype, name) => {
		const room = rooms.openDoc(doctype, name);
		if (await joinDoc(room, doctype, name)) {
			openDocs.set(room, [doctype, name]);
			showViewers(socket.nsp, doctype, name);
		}
	});
	on("doc_close", (doctype, name) => {
		const room = rooms.openDoc(doctype, name);
		if (!openDocs.delete(room)) return;
		socket.leave(room);
		showViewers(socket.nsp, doctype, name);
	});

	// A background task's random id is known only to the browser that started it; website users start none.
	for (const event of ["task_subscribe", "progress_subscribe"]) {
		on(event, (id) => {
			if (socket.data.isDeskUser && socket.rooms.size < MAX_ROOMS) socket.join(rooms.task(id));
		});
	}
	on("task_unsubscribe", (id) => socket.leave(rooms.task(id)));

	socket.on("disconnect", () => {
		for (const [doctype, name] of openDocs.values()) showViewers(socket.nsp, doctype, name);
	});
}

/** Tell everyone who has the document open who else has. */
function showViewers(namespace, doctype, docname) {
	const room = rooms.openDoc(doctype, docname);
	const ids = namespace.adapter.rooms.get(room) || [];
	const users = [...new Set([...ids].map((id) => namespace.sockets.get(id)?.data.user).filter(Boolean))];
	namespace.to(room).emit("doc_viewers", { doctype, docname, users });
}

module.exports = { rooms, joinOwnRooms, handleSubscriptions };
