"""Signing in to the portal: by a one-time code to the phone on record, or by password. Language, consent, sign-out.

Codes: six digits, kept only as a keyed hash in Redis, five minutes, five tries, a new one after 60 seconds, counted per
phone and per address. Unknown numbers get the same answer at the same speed as known ones: the request only queues a
job, which looks the number up, makes the code and sends it. So no code ever passes through the queue either.
"""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.utils import now_datetime
from frappe.utils.password import check_password, get_encryption_key, passlibctx, update_password

from kefu_property.rules.personal_data import normalise_phone
from kefu_property.suite import messages
from kefu_property.suite.portal_format import LANGUAGES
from kefu_property.suite.portal_paths import safe_next
from kefu_property.suite.setup import PORTAL_ROLE

CODE_SECONDS = 300
CODE_TRIES = 5
RESEND_SECONDS = 60
#: (limit, seconds) - a household may share an address, a whole estate a carrier's gateway
CODES_PER_PHONE = ((5, 3600), (10, 86400))
CODES_PER_ADDRESS = ((60, 3600),)
TRIES_PER_ADDRESS = ((120, 3600),)
PASSWORD_LENGTH = 8
#: after signing in by code, a new password may be set without the old one for so long
FRESH_SECONDS = 900


class SignInRefused(frappe.ValidationError):
	"""Code or password do not fit; the same message whatever the reason."""


class TooManyTries(frappe.ValidationError):
	"""Too many codes or tries from one phone number or address."""

	http_status_code = 429


class WeakPassword(frappe.ValidationError):
	"""The chosen password is too short or too easy to guess."""


# --- codes ----------------------------------------------------------------------------------------------------------


@frappe.whitelist(allow_guest=True, methods=["POST"])
def request_code(phone: str) -> dict:
	"""Send a sign-in code to `phone` if it is on record. The answer never tells whether it is."""
	check_same_site()
	number = normalise_phone(phone)
	limit(f"codes:address:{frappe.local.request_ip}", CODES_PER_ADDRESS)
	if not frappe.cache.set(_key("resend", number), 1, ex=RESEND_SECONDS, nx=True):
		frappe.throw(_("A code was sent a moment ago. Please wait a minute before you ask again."), TooManyTries)
	limit(f"codes:phone:{number}", CODES_PER_PHONE)
	frappe.enqueue(
		"kefu_property.suite.portal_auth.deliver_code",
		queue="short",
		enqueue_after_commit=False,
		phone=number,
		language=frappe.local.lang,
	)
	return {
		"toast": _("If this number is on record, a code is on its way."),
		"resend_after": RESEND_SECONDS,
	}


def deliver_code(phone: str, language: str) -> None:
	"""Background job: make, keep and send the code for a number that is on record."""
	residents = residents_by_phone(phone)
	if not residents:
		return
	code = f"{secrets.randbelow(1_000_000):06d}"
	frappe.cache.delete(_key("tries", phone))
	frappe.cache.set(_key("code", phone), _hash(phone, code), ex=CODE_SECONDS)
	messages.send("sign_in_code", phone, {"code": code}, language=language, resident=residents[0])


@frappe.whitelist(allow_guest=True, methods=["POST"])
def sign_in_with_code(phone: str, code: str, next: str = "") -> dict:
	"""Open a session for the resident whose phone got `code`. Returns where to go."""
	check_same_site()
	number = normalise_phone(phone)
	limit(f"tries:address:{frappe.local.request_ip}", TRIES_PER_ADDRESS)
	if not code_fits(number, code.strip()):
		frappe.throw(_("The code does not fit or is no longer valid. Please ask for a new one."), SignInRefused)
	residents = residents_by_phone(number)
	if not residents:
		frappe.throw(_("The code does not fit or is no longer valid. Please ask for a new one."), SignInRefused)
	open_session(user_for(residents, number))
	frappe.session.data.by_code_at = now_datetime().timestamp()
	frappe.local.session_obj.update(force=True)
	return {"next": safe_next(next)}


def code_fits(phone: str, code: str) -> bool:
	"""Compare once per try, in constant time; a fitting code is used up, and so is one after five tries."""
	tries = frappe.cache.incr(_key("tries", phone))
	frappe.cache.expire(_key("tries", phone), CODE_SECONDS)
	kept = frappe.cache.get(_key("code", phone)) or b""
	fits = hmac.compare_digest(kept, _hash(phone, code).encode()) and bool(kept)
	if fits and tries <= CODE_TRIES:
		# of two requests with the same code only the one that removes it gets in
		return bool(frappe.cache.delete(_key("code", phone)))
	if tries >= CODE_TRIES:
		frappe.cache.delete(_key("code", phone))
	return False


def _key(kind: str, phone: str) -> bytes:
	return frappe.cache.make_key(f"kefu-sign-in:{kind}:{hashlib.sha256(phone.encode()).hexdigest()}")


def _hash(phone: str, code: str) -> str:
	secret = get_encryption_key()
	return hmac.new(secret.encode(), f"{phone}:{code}".encode(), hashlib.sha256).hexdigest()


def limit(name: str, rules: tuple[tuple[int, int], ...]) -> None:
	"""Count one more use of `name`; raises TooManyTries above any (limit, seconds) of `rules`."""
	for most, seconds in rules:
		key = frappe.cache.make_key(f"kefu-limit:{seconds}:{hashlib.sha256(name.encode()).hexdigest()}")
		count = frappe.cache.incr(key)
		if count == 1:
			frappe.cache.expire(key, seconds)
		if count > most:
			frappe.throw(_("Too many tries. Please wait a while, or call the service desk."), TooManyTries)


def check_same_site() -> None:
	"""Refuse a form that another website sends: guests have no token that would tell."""
	origin = frappe.get_request_header("Origin")
	if origin and urlsplit(origin).netloc != frappe.request.host:
		frappe.throw(_("Please sign in on the portal's own page."), SignInRefused)


# --- people and accounts --------------------------------------------------------------------------------------------


def residents_by_phone(phone: str) -> list[str]:
	from kefu_property.registry import api

	return api.residents_by_phone(phone) if phone else []


def user_for(residents: list[str], phone: str) -> str:
	"""The portal account of the person with this phone; made at the first sign-in.

	The office has checked the number, and the code proves that the person holds it; so nobody has to be invited. Families
	share phones: only records of the same name are joined to one account. An account that the office closed stays closed.
	"""
	from kefu_property.registry import api

	rows = frappe.get_all(
		"Resident", filters={"name": ["in", residents]}, fields=["name", "name_key", "user"], order_by="creation"
	)
	known = next((row for row in rows if row.user), None)
	if not known and frappe.db.exists("User", {"mobile_no": phone, "enabled": 0}):
		refuse_closed()
	user = known.user if known else api.portal_login(rows[0].name)
	same_person = [row.name for row in rows if not row.user and row.name_key == (known or rows[0]).name_key]
	if same_person:
		frappe.db.set_value("Resident", {"name": ["in", same_person]}, "user", user)
	return user


def refuse_closed() -> None:
	frappe.throw(_("This account is closed. Please ask the service desk."), SignInRefused)


def open_session(user: str) -> None:
	if not frappe.db.get_value("User", user, "enabled"):
		refuse_closed()
	keep_language(user)
	frappe.local.login_manager.login_as(user)


def keep_language(user: str) -> None:
	"""What a guest chose on this device stays after signing in."""
	chosen = frappe.request.cookies.get("preferred_language")
	if chosen in dict(LANGUAGES) and frappe.db.get_value("User", user, "language") != chosen:
		frappe.db.set_value("User", user, "language", chosen)
		frappe.clear_cache(user=user)


# --- password -------------------------------------------------------------------------------------------------------


@frappe.whitelist(allow_guest=True, methods=["POST"])
def sign_in_with_password(login: str, password: str, next: str = "") -> dict:
	"""Open a session for a resident by phone number or e-mail and password. Returns where to go."""
	check_same_site()
	limit(f"tries:address:{frappe.local.request_ip}", TRIES_PER_ADDRESS)
	wrong = _("Number or password do not fit. After several wrong tries an account rests for some minutes.")
	user = portal_user(login)
	if not (user and has_password(user)):
		passlibctx.dummy_verify()  # takes the time of a real check, so that the answer's speed tells nothing
		frappe.throw(wrong, SignInRefused)
	try:
		# counts failures and locks the account as the framework's own sign-in does
		frappe.local.login_manager.authenticate(user=user, pwd=password)
	except (frappe.AuthenticationError, frappe.SecurityException):
		frappe.clear_messages()
		frappe.throw(wrong, SignInRefused)
	open_session(user)
	return {"next": safe_next(next)}


def has_password(user: str) -> bool:
	auth = frappe.qb.Table("__Auth")
	query = frappe.qb.from_(auth).select(auth.name)
	return bool(query.where((auth.doctype == "User") & (auth.name == user) & (auth.fieldname == "password")).run())


def portal_user(login: str) -> str | None:
	"""The enabled portal account that a phone number on record or an e-mail address stands for."""
	login = login.strip()
	filters = {"user_type": "Website User", "enabled": 1}
	if "@" in login:
		return frappe.db.get_value("User", {**filters, "name": login.lower()})
	residents = residents_by_phone(normalise_phone(login))
	users = frappe.get_all("Resident", filters={"name": ["in", residents], "user": ["is", "set"]}, pluck="user")
	return frappe.db.get_value("User", {**filters, "name": ["in", users]}) if users else None


@frappe.whitelist(methods=["POST"])
def set_password(new_password: str, current_password: str = "") -> dict:
	"""Set the signed-in resident's password.

	Needs the current one, except shortly after signing in by code.
	"""
	user = require_resident()
	if not may_skip_current_password(user):
		try:
			check_password(user, current_password)
		except frappe.AuthenticationError:
			frappe.clear_messages()
			frappe.throw(
				_("The current password does not fit. You can also sign in by code and then set a new one."),
				SignInRefused,
			)
	check_strength(new_password)
	update_password(user, new_password, logout_all_sessions=True)
	return {"toast": _("Your password is set.")}


def may_skip_current_password(user: str) -> bool:
	by_code_at = frappe.session.data.get("by_code_at") or 0
	return now_datetime().timestamp() - by_code_at < FRESH_SECONDS


def check_strength(password: str) -> None:
	if len(password) < PASSWORD_LENGTH or password.isdigit() or len(set(password)) < 4:
		frappe.throw(
			_("Please choose at least {0} characters, and not only digits.").format(PASSWORD_LENGTH), WeakPassword
		)


# --- everybody ------------------------------------------------------------------------------------------------------


# lint: allow whitelist-guest: sets a cookie of the caller, sends and reads nothing
@frappe.whitelist(allow_guest=True, methods=["POST"])
def set_language(language: str) -> None:
	"""Keep the reader's language: on the account, or in a cookie for guests."""
	limit(f"language:{frappe.local.request_ip}", TRIES_PER_ADDRESS)
	if language not in dict(LANGUAGES):
		frappe.throw(_("This language is not offered."))
	frappe.local.cookie_manager.set_cookie("preferred_language", language)
	user = frappe.session.user
	if user != "Guest" and frappe.db.get_value("User", user, "language") != language:
		frappe.db.set_value("User", user, "language", language)
		frappe.clear_cache(user=user)


# lint: allow whitelist-permission: ends the caller's own session
@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: everybody may end their own session
def sign_out() -> None:
	frappe.local.login_manager.logout()


# --- consent (L22) --------------------------------------------------------------------------------------------------


def notice_version() -> str:
	return frappe.db.get_single_value("Kefu Settings", "privacy_version") or "1"


def needs_consent(user: str) -> bool:
	"""True while a Resident of this account has not agreed to the present privacy notice."""
	agreed = frappe.get_all("Resident", filters={"user": user}, pluck="consent_version")
	return any(version != notice_version() for version in agreed)


@frappe.whitelist(methods=["POST"])
def accept_privacy_notice() -> dict:
	"""Record that the signed-in resident agrees to the present privacy notice."""
	user = require_resident()
	frappe.db.set_value("Resident", {"user": user}, {"consent_on": now_datetime(), "consent_version": notice_version()})
	return {"toast": _("Thank you.")}


def require_resident() -> str:
	"""The signed-in resident's user. Raises PermissionError for guests and staff."""
	user = frappe.session.user
	if user == "Guest" or PORTAL_ROLE not in frappe.get_roles(user):
		frappe.throw(_("Please sign in to the portal."), frappe.PermissionError)
	return user
