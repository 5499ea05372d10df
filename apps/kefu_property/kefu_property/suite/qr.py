"""QR codes as pictures that a page or paper can hold without another request."""

from __future__ import annotations

import base64
import io

import pyqrcode


def data_uri(text: str, scale: int = 4) -> str:
	"""A QR code of `text` as an SVG data URI; `scale` is the number of pixels per module."""
	out = io.BytesIO()
	pyqrcode.create(text, error="M", encoding="utf-8").svg(out, scale=scale, background="white", quiet_zone=2)
	return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()
