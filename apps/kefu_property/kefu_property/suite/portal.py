"""The portal frame: routes, sign-in redirects, rendering and error pages of `/portal/...`.

A page belongs to a module: its manifest lists it under `portal.entries`, a function `get_context(context)` fills the
context, a template of the same name in `<package>/portal/` extends `kefu_property/templates/portal/base.html`.
Nothing of the framework's website (theme, Bootstrap, its scripts) is used here. See docs/portal.md.
"""

import importlib
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

import frappe
from frappe import _
from jinja2 import Environment, FileSystemLoader, PrefixLoader
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from kefu_property.suite import manifest as manifests
from kefu_property.suite import state
from kefu_property.suite.access import is_outsider
from kefu_property.suite.portal_auth import needs_consent
from kefu_property.suite.portal_format import FILTERS, LANGUAGES, portal_language
from kefu_property.suite.portal_paths import ROOT, safe_next
from kefu_property.suite.setup import PORTAL_ROLE

BOTTOM_NAV = (
	5  # places in the bar at the foot of a phone's screen; the last one becomes "More" when there are more pages
)

# Pages of the frame itself; pages of the modules come from their manifests.
FRAME = {"package": "kefu_property.suite"}
FRAME_ENTRIES = (
	{"route": "login", "title": "Sign in", "page": "portal_pages.login", "guest": True},
	{"route": "privacy", "title": "Privacy notice", "page": "portal_pages.privacy", "guest": True},
	{"route": "more", "title": "More", "page": "portal_pages.more"},
)

SECURITY_HEADERS = {
	"Content-Security-Policy": (
		"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	),
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "same-origin",
	"Cache-Control": "no-store",
}


class PortalPage:
	"""Page renderer (hook `page_renderer`) of everything under `/portal`."""

	def __init__(self, path: str, http_status_code: int | None = None):
		self.path = (path or "").strip("/ ")

	def can_render(self) -> bool:
		return self.path == ROOT or self.path.startswith(f"{ROOT}/") or self.is_refusal()

	def is_refusal(self) -> bool:
		"""The gate refused a guest's or resident's request, and the framework looks for a page that says so."""
		return self.path == "message" and bool(frappe.flags.kefu_refused)

	def render(self) -> Response:
		if self.is_refusal():
			return error_page(403)
		return respond(self.path[len(ROOT) :].strip("/"))


def respond(route: str) -> Response:
	"""The response to a request for `/portal/<route>`."""
	if frappe.request.method not in ("GET", "HEAD"):
		return error_page(405)
	entry, rest = find_entry(route)
	signed_in = frappe.session.user != "Guest"
	if not (entry and entry.guest) and not signed_in:
		return redirect_to_login()
	if not entry:
		return error_page(404)
	if not entry.enabled:
		return error_page(410)
	if not entry.guest:
		if not goes_to_portal(frappe.session.user):
			staff_at_the_door = not route and not is_outsider(frappe.session.user)
			return redirect("/app") if staff_at_the_door else error_page(403)
		if needs_consent(frappe.session.user):
			return redirect(f"/{ROOT}/privacy?next={quote(current_path())}")
	try:
		return render_entry(entry, rest)
	except frappe.Redirect:
		return redirect(safe_next(frappe.flags.redirect_location))
	except frappe.PermissionError:
		return error_page(403)
	except frappe.DoesNotExistError:
		return error_page(404)
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=f"Portal page {entry.route or 'home'}", defer_insert=True)
		return error_page(500)


def goes_to_portal(user: str) -> bool:
	return user != "Guest" and PORTAL_ROLE in frappe.get_roles(user)


def render_entry(entry: frappe._dict, rest: str) -> Response:
	context = base_context(entry)
	context.rest = rest
	module = importlib.import_module(entry.page)
	context.update(module.get_context(context) or {})
	return html_response(render_template(context.template or entry.template, context))


# --- routes ---------------------------------------------------------------------------------------------------------


def entries() -> list[frappe._dict]:
	"""Every portal page of the frame and of all modules, also of disabled ones (`enabled` tells)."""
	out = [as_entry(entry, FRAME, True) for entry in FRAME_ENTRIES]
	for key, manifest in state.all_modules().items():
		for entry in manifest.get("portal", {}).get("entries", ()):
			out.append(as_entry(entry, manifest, state.is_enabled(key)))
	return out


def as_entry(entry: dict, manifest: dict, enabled: bool) -> frappe._dict:
	dotted = manifests.absolute(manifest, entry["page"])
	folder, _dot, name = dotted.rpartition(".")
	if manifest is FRAME:
		folder = "kefu_property.templates.portal"
	return frappe._dict(
		route=entry["route"].strip("/"),
		title=entry["title"],
		icon=entry.get("icon") or "dot",
		order=entry.get("order", 100),
		nav=bool(entry.get("nav")),
		guest=bool(entry.get("guest")),
		page=dotted,
		template=f"{folder.replace('.', '/')}/{name}.html",
		enabled=enabled,
	)


def find_entry(route: str, among: Iterable[frappe._dict] | None = None) -> tuple[frappe._dict | None, str]:
	"""The entry with the longest route that `route` equals or lies under, and the rest of the path.

	The home page (route "") has nothing under it.
	"""
	best = None
	for entry in entries() if among is None else among:
		hit = route == entry.route or (entry.route and route.startswith(f"{entry.route}/"))
		if hit and (best is None or len(entry.route) > len(best.route)):
			best = entry
	return best, route[len(best.route) :].strip("/") if best else ""


def navigation(active: str) -> frappe._dict:
	"""What the menus show to a resident: `all` (side menu), `bar` (phone), `more` (behind "More")."""
	shown = sorted((e for e in entries() if e.nav and e.enabled), key=lambda e: (e.order, e.route))
	items = [
		frappe._dict(
			href=f"/{ROOT}/{e.route}".rstrip("/"),
			title=_(e.title),
			icon=e.icon,
			active=e.route == active,
			route=e.route,
		)
		for e in shown
	]
	if len(items) <= BOTTOM_NAV:
		return frappe._dict(all=items, bar=items, more=[])
	bar, more = items[: BOTTOM_NAV - 1], items[BOTTOM_NAV - 1 :]
	more_active = active == "more" or any(item.active for item in more)
	bar = [*bar, frappe._dict(href=f"/{ROOT}/more", title=_("More"), icon="grid", active=more_active, route="more")]
	return frappe._dict(all=items, bar=bar, more=more)


# --- where to go ----------------------------------------------------------------------------------------------------


def current_path() -> str:
	query = frappe.request.query_string.decode("utf-8", "replace")
	return frappe.request.path + (f"?{query}" if query else "")


def redirect_to_login() -> Response:
	target = safe_next(current_path())
	suffix = "" if target == f"/{ROOT}" else f"?next={quote(target)}"
	response = redirect(f"/{ROOT}/login{suffix}")
	response.headers["Cache-Control"] = "no-store"
	return response


# --- rendering ------------------------------------------------------------------------------------------------------


def base_context(entry: frappe._dict | None) -> frappe._dict:
	"""What every page gets: texts for scripts, menus, language, the signed-in person."""
	user = frappe.session.user
	return frappe._dict(
		entry=entry,
		title=_(entry.title) if entry else "",
		brand=brand(),
		lang=portal_language(),
		languages=LANGUAGES,
		signed_in=user != "Guest",
		user_name=frappe.utils.get_fullname(user) if user != "Guest" else "",
		nav=navigation(entry.route if entry else "") if goes_to_portal(user) else None,
		here=current_path(),
		csrf_token=frappe.sessions.get_csrf_token() if user != "Guest" else "",
		strings={
			"network": _("No connection. Please check your network and try again."),
			"failed": _("That did not work. Please try again, or ask the service desk."),
			"signed_out": _("You have been signed out. Please sign in again."),
			"busy": _("Please wait…"),
			"resend": _("Send again ({0} s)"),
			"too_large": _("This file is too large. Please choose one below {0} MB."),
			"remove": _("Remove"),
		},
	)


def brand() -> str:
	"""The property company's name, or the product's."""
	return frappe.db.get_single_value("Kefu Settings", "organisation") or _("Kefu Property")


@lru_cache(maxsize=8)
def environment(apps: tuple[str, ...], reload: bool) -> Environment:
	"""Own Jinja environment with HTML escaping on (the framework's has none); compiled once per process."""
	loader = PrefixLoader({app: FileSystemLoader(frappe.get_app_path(app)) for app in apps})
	env = Environment(loader=loader, autoescape=True, auto_reload=reload, trim_blocks=True, lstrip_blocks=True)
	from frappe.utils.jinja_globals import bundled_asset

	env.globals.update(_=_, bundled_asset=bundled_asset)
	env.filters.update(FILTERS)
	return env


def render_template(template: str, context: dict) -> str:
	apps = tuple(app for app in frappe.get_installed_apps() if app != "frappe")
	env = environment(apps, bool(frappe.conf.developer_mode))
	return env.get_template(template).render(context)


def html_response(html: str, status: int = 200) -> Response:
	response = Response(html, status=status, content_type="text/html; charset=utf-8")
	response.headers.update(SECURITY_HEADERS)
	return response


def error_page(status: int) -> Response:
	"""A page that says what happened and what to do next."""
	title, text, icon = {
		403: (
			_("This page is not for this account"),
			_("It belongs to somebody else, or to another kind of account."),
			"lock",
		),
		404: (_("Page not found"), _("The address may be old or mistyped."), "search"),
		405: (_("Page not found"), _("The address may be old or mistyped."), "search"),
		410: (_("Not offered at the moment"), _("The property office has switched this service off."), "clock"),
		500: (
			_("Something went wrong"),
			_("We have noted the fault. Please try again in a moment, or call the service desk."),
			"alert",
		),
	}[status]
	entry = frappe._dict(route="-", title=title)
	context = base_context(entry)
	context.update(error_title=title, error_text=text, error_icon=icon, error_code=status)
	context.staff = not is_outsider(frappe.session.user)
	html = render_template("kefu_property/templates/portal/error.html", context)
	return html_response(html, 404 if status == 405 else status)


def home_cards(user: str) -> list[dict]:
	"""Cards that enabled modules put on the home page (extension point `portal_home_cards`).

	Each callable gets the user and returns a list of dicts: `title`, `value`, `text`, `href`, `tone`
	(`plain`, `good`, `warn`, `bad`), `icon`, `order`.
	"""
	cards = [card for provider in state.contributions("portal_home_cards") for card in provider(user) or []]
	return sorted(cards, key=lambda card: card.get("order", 100))
