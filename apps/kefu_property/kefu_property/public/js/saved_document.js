// `frm.call` for people who only read. The framework sends the document along and, for a submitted one, wants the right to submit it, whatever
// the method does (an employee could not acknowledge a rule); a cancelled one it refuses altogether. Where nothing is unsaved the server reads
// the document itself, and the method's own check decides.
const call = frappe.ui.form.Form.prototype.call;

frappe.ui.form.Form.prototype.call = function (method, args, callback) {
	if (typeof method !== "string" || !this.doc.docstatus || this.is_dirty()) return call.apply(this, arguments);
	return frappe.call({
		method: "run_doc_method",
		args: { dt: this.doctype, dn: this.docname, method, args: args || {} },
		callback: (answer) => {
			this.refresh_fields();
			if (callback) callback(answer);
		},
	});
};
