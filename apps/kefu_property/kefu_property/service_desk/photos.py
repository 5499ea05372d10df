"""Pictures of cases: what the file really is, how large it may be, and no place where it was taken (D3, L22)."""

from __future__ import annotations

import io

import frappe
from frappe import _
from PIL import Image, ImageOps, UnidentifiedImageError

from kefu_property.service_desk.exceptions import UnsuitablePhoto

LARGEST_MB = 10
#: more pixels than any phone takes: a small file can hide a picture that fills the memory
LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 2560
FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
SIGNATURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


def kind_of(content: bytes) -> str | None:
	"""`JPEG`, `PNG` or `WEBP` by the first bytes, whatever the name says."""
	for signature, kind in SIGNATURES.items():
		if content.startswith(signature):
			return kind
	if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
		return "WEBP"
	return None


def refuse(text: str) -> None:
	frappe.throw(text, UnsuitablePhoto)


def clean(content: bytes) -> tuple[bytes, str]:
	"""The picture without its hidden data (place, time, camera), turned upright, at most 2560 pixels long; and its suffix.

	Raises UnsuitablePhoto for what is too large or no JPEG, PNG or WebP.
	"""
	if len(content) > LARGEST_MB * 1024 * 1024:
		refuse(_("The picture is larger than {0} MB. Take it again with a lower resolution.").format(LARGEST_MB))
	kind = kind_of(content)
	if not kind:
		refuse(_("This file is no picture. Choose a photo (JPEG, PNG or WebP)."))
	try:
		with Image.open(io.BytesIO(content), formats=[kind]) as picture:
			if picture.width * picture.height > LARGEST_PIXELS:
				refuse(_("The picture has too many pixels. Take it again with a lower resolution."))
			upright = ImageOps.exif_transpose(picture)
			upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
			plain = upright.convert("RGB") if kind == "JPEG" else upright.copy()
	except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
		refuse(_("The picture is damaged. Take it again, or choose another."))
	plain.info.clear()
	target = io.BytesIO()
	plain.save(target, kind, **({"quality": 85} if kind != "PNG" else {}))
	return target.getvalue(), FORMATS[kind]


def store(content: bytes, doctype: str, name: str) -> str:
	"""Keep a cleaned picture as a private file of a case and return its URL."""
	picture, suffix = clean(content)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{name}-{frappe.generate_hash(length=6)}{suffix}",
			"attached_to_doctype": doctype,
			"attached_to_name": name,
			"is_private": 1,
			"content": picture,
		}
	)
	file.insert(ignore_permissions=True)  # the caller has checked the right to the case
	return file.file_url


def take_upload(url: str | None, doctype: str, name: str) -> str:
	"""Replace a picture that the desk uploaded by its cleaned form and return the new URL. Raises UnsuitablePhoto."""
	if not url:
		refuse(_("A row of photos has no picture. Attach one or delete the row."))
	found = frappe.db.get_value("File", {"file_url": url})
	if not found:
		refuse(_("The picture {0} is not on this site. Upload it.").format(url))
	file = frappe.get_doc("File", found)
	file.check_permission("read")
	content = file.get_content()
	kept = store(content if isinstance(content, bytes) else content.encode(), doctype, name)
	if file.owner == frappe.session.user:
		file.delete(ignore_permissions=True)  # the original with its place and time; the user's own upload
	return kept


def read_upload(upload) -> bytes:
	"""Bytes of a file of the request, at most one more than allowed: a huge upload is refused without reading all of it."""
	content = upload.stream.read(LARGEST_MB * 1024 * 1024 + 1)
	if not content:
		refuse(_("The file is empty. Choose a photo."))
	return content
