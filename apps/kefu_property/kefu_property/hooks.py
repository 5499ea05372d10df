"""The framework's hooks of the suite. What belongs to one module is declared in its manifest and merged here."""

from kefu_property.suite.manifest import PACKAGES as _PACKAGES
from kefu_property.suite.manifest import module_hooks as _module_hooks

app_name = "kefu_property"
app_title = "Kefu Property"
app_publisher = "kefu_property contributors"
app_description = "Customer-service suite for residential property management"
app_email = "maintainers@example.com"
app_license = "MIT"
app_logo_url = "/assets/kefu_property/images/logo.svg"

# version 16 reaches an app's workspaces from its tile; version 15 does not ask for it
add_to_apps_screen = [
	{
		"name": app_name,
		"logo": app_logo_url,
		"title": app_title,
		"route": "/app/my-day",
		"has_permission": "kefu_property.suite.desk.may_use_desk",
	}
]

before_install = "kefu_property.suite.setup.before_install"
after_install = "kefu_property.suite.setup.after_install"
after_migrate = "kefu_property.suite.setup.after_migrate"
after_app_install = "kefu_property.suite.setup.after_app_change"
after_app_uninstall = "kefu_property.suite.setup.after_app_change"
before_uninstall = "kefu_property.suite.setup.before_uninstall"

before_request = ["kefu_property.suite.access.check_request"]
boot_session = ["kefu_property.suite.desk.extend_boot"]
# version 16 has no such method and reads the list from the boot information
override_whitelisted_methods = {
	"frappe.desk.desktop.get_workspace_sidebar_items": "kefu_property.suite.desk.workspace_sidebar"  # preflight: ignore[v16-removed-workspace-sidebar-items]
}
page_renderer = ["kefu_property.suite.portal.PortalPage"]
website_redirects = [{"source": "/", "target": "/portal"}, {"source": "/me", "target": "/portal"}]
website_context = {
	"favicon": "/assets/kefu_property/images/favicon.svg",
	"splash_image": "/assets/kefu_property/images/logo.svg",
}

update_website_context = ["kefu_property.suite.desk.brand_page"]
web_include_css = ["kefu_web.bundle.css"]
app_include_js = ["kefu.bundle.js"]
app_include_css = ["kefu.bundle.css"]

# the suite contributes its own packages through the same hook that other apps use
kefu_modules = [f"kefu_property.{package}" for package in _PACKAGES]

globals().update(_module_hooks(kefu_modules))
