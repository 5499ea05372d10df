// The framework opens the first workspace for /app; a cashier wants the till and an agent the front desk.
// Runs before the router reads the address.
const home = frappe.boot?.kefu?.home;
if (home && /^\/app\/?$/.test(window.location.pathname)) {
	window.history.replaceState(null, "", `/app/${home}${window.location.hash}`);
}
// The framework offers everybody to build workspaces; here the office's are kept by whoever manages them.
if (!frappe.boot?.user?.roles?.includes("Workspace Manager")) document.body.classList.add("kefu-keeps-workspaces");
