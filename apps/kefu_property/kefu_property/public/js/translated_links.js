// Roles and states of a workflow are links to records that staff may not open; the framework shows such names untranslated.
for (const doctype of ["Role", "Workflow State"]) frappe.form.link_formatters[doctype] = (value) => __(value);
