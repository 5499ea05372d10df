// A call that comes in shows itself to the agent it rings for, wherever on the desk they are (D7).
$(document).on("app_ready", () => {
	frappe.realtime.on("kefu_hotline_call", (call) => {
		const text = [call.caller, call.unit].filter(Boolean).map(frappe.utils.escape_html).join(" · ");
		const open = () => frappe.set_route("Form", "Call Record", call.call);
		const alert = frappe.show_alert(
			{
				message: `<strong>${__("Incoming call")}</strong><br>${text}<br>
					<a class="kefu-call-open" href="#">${__("Open the call")}</a>`,
				indicator: call.known ? "green" : "orange",
			},
			30
		);
		$(alert)
			.addClass("kefu-call")
			.find(".kefu-call-open")
			.on("click", (event) => {
				event.preventDefault();
				$(alert).remove();
				open();
			});
	});
});
