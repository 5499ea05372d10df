frappe.ui.form.on("Attendance Area", {
	refresh(frm) {
		if (!navigator.geolocation) return;
		frm.add_custom_button(__("Take My Position"), () =>
			navigator.geolocation.getCurrentPosition(
				({ coords }) =>
					frm.set_value({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6) }),
				() => frappe.msgprint(__("The browser gives no position. Allow it in the settings of the browser.")),
				{ enableHighAccuracy: true, timeout: 15000 }
			)
		);
	},
});
