"""What people upload: the content decides, not the name; limits are told in plain words."""

from __future__ import annotations

import io

import filetype
import frappe
from frappe import _
from PIL import Image, ImageOps, UnidentifiedImageError

PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
MEGABYTE = 1024 * 1024
PICTURE_LIMIT = 10 * MEGABYTE
MAX_PIXELS = 60_000_000


class NotAPicture(frappe.ValidationError):
	"""The content is no picture, whatever the file is called."""


class FileTooLarge(frappe.ValidationError):
	"""The file exceeds the limit."""


def sniff(content: bytes) -> str | None:
	"""The media type that the first bytes tell, or None."""
	kind = filetype.guess(content[:8192])
	return kind.mime if kind else None


def check_picture(content: bytes, limit: int = PICTURE_LIMIT) -> str:
	"""Media type of a picture. Raises FileTooLarge, or NotAPicture for anything that cannot be read as one."""
	if len(content) > limit:
		frappe.throw(
			_("This file has {0} MB. Please choose one of at most {1} MB.").format(
				f"{len(content) / MEGABYTE:.1f}", limit // MEGABYTE
			),
			FileTooLarge,
		)
	mime = sniff(content)
	if mime not in PICTURES:
		frappe.throw(_("This file is no picture. Please choose a photo (JPEG, PNG, WebP or GIF)."), NotAPicture)
	try:
		with Image.open(io.BytesIO(content)) as image:
			if image.width * image.height > MAX_PIXELS:
				raise UnidentifiedImageError
			image.verify()
	except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
		frappe.throw(_("This picture is damaged. Please take or choose another one."), NotAPicture)
	return mime


def without_metadata(content: bytes) -> bytes:
	"""A JPEG of the picture without EXIF (no place, no camera), turned upright."""
	with Image.open(io.BytesIO(content)) as image:
		upright = ImageOps.exif_transpose(image).convert("RGB")
		out = io.BytesIO()
		upright.save(out, "JPEG", quality=85)
	return out.getvalue()


def check_image_field(doc, fieldname: str) -> None:
	"""An Attach Image field that changed must name a file of this site with a picture in it."""
	url = doc.get(fieldname)
	before = doc.get_doc_before_save()
	if not url or (before and before.get(fieldname) == url):
		return
	name = frappe.db.get_value("File", {"file_url": url}, "name")
	if not name:
		frappe.throw(_("Upload the picture instead of entering an address."), NotAPicture)
	content = frappe.get_doc("File", name).get_content()
	check_picture(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))


def save_photos(fieldname: str, doctype: str, name: str, most: int = 6) -> list[str]:
	"""Attach the photos of a form (multipart field `fieldname`) to a document, private and without metadata.

	Returns their addresses. Raises FileTooLarge or NotAPicture; then nothing of the request is kept.
	"""
	request = getattr(frappe.local, "request", None)
	urls = []
	for number, photo in enumerate((request.files.getlist(fieldname) if request else [])[:most], 1):
		content = photo.stream.read(PICTURE_LIMIT + 1)
		check_picture(content)
		file = frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
			{
				"doctype": "File",
				"file_name": f"{frappe.scrub(doctype)}-{name}-{number}.jpg",
				"content": without_metadata(content),
				"attached_to_doctype": doctype,
				"attached_to_name": name,
				"is_private": 1,
			}
		).insert(ignore_permissions=True)  # the caller has checked that the document is the sender's
		urls.append(file.file_url)
	return urls
