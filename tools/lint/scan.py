"""Finds calls of `_()` and `__()` in JavaScript, Vue and Jinja, and bare text in HTML.

Small scanners: they know strings, templates, comments and regular expressions of JavaScript, nothing of its grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
# A slash after one of these begins a regular expression, not a division.
BEFORE_REGEX = "(,=:[!&|?{};+-*%<>~^\n"
WORD = re.compile(r"[A-Za-z]{2,}")
# Words that are the same in every language, alone or together.
NEUTRAL = re.compile(r"^(?:PDF|QR|Excel|CSV|XLSX|URL|API|ID|SMS|HTML|JSON|OK|km|kg|kWh|cm|mm|ml|Word|WeChat)$")


def unescape(text: str) -> str:
	"""The value of a JavaScript (or Jinja) string literal's inside."""

	def replace(match: re.Match) -> str:
		body = match.group(1)
		if body[0] in "ux" and len(body) > 1:
			return chr(int(body[1:].strip("{}"), 16))
		return ESCAPES.get(body, body)

	return re.sub(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])", replace, text)


def string_end(text: str, start: int) -> int:
	"""The place after the closing quote of the string that begins at `start`."""
	quote, place = text[start], start + 1
	while place < len(text) and text[place] != quote:
		if text[place] == "\\":
			place += 1
		elif text[place] == "\n" and quote != "`":
			return place
		place += 1
	return min(place + 1, len(text))


def regex_end(text: str, start: int) -> int:
	place, in_class = start + 1, False
	while place < len(text) and text[place] != "\n":
		char = text[place]
		if char == "\\":
			place += 1
		elif char == "[":
			in_class = True
		elif char == "]":
			in_class = False
		elif char == "/" and not in_class:
			return place + 1
		place += 1
	return place


def argument(text: str, place: int) -> str | None:
	"""The string that a call's first argument holds: one literal, or several joined by `+`."""
	parts: list[str] = []
	while True:
		place = skip_space(text, place)
		if place >= len(text) or text[place] not in "\"'`":
			return None
		end = string_end(text, place)
		inside = text[place + 1 : end - 1]
		if text[place] == "`" and "${" in inside:
			return None
		parts.append(unescape(inside))
		place = skip_space(text, end)
		if text[place : place + 1] != "+":
			break
		place += 1
	return "".join(parts) if text[place : place + 1] in (",", ")") else None


def skip_space(text: str, place: int) -> int:
	match = re.compile(r"(?:\s|//[^\n]*\n|/\*.*?\*/)*", re.S).match(text, place)
	return match.end() if match else place


def javascript(text: str, offset: int = 0, names: tuple[str, ...] = ("__",)) -> Iterator[tuple[int, str]]:
	"""Yields (offset, source text) for each call of one of `names` with a literal first argument."""
	call = re.compile(r"(?<![\w$.])(" + "|".join(map(re.escape, names)) + r")\s*\(")
	place, last = 0, "\n"
	while place < len(text):
		char = text[place]
		if char in "\"'":
			place = string_end(text, place)
			last = char
		elif char == "`":
			place, inner = template(text, place)
			for start, body in inner:
				yield from javascript(body, offset + start, names)
			last = char
		elif text.startswith("//", place):
			end = text.find("\n", place)
			place = len(text) if end < 0 else end
		elif text.startswith("/*", place):
			end = text.find("*/", place)
			place = len(text) if end < 0 else end + 2
		elif char == "/" and (last in BEFORE_REGEX or re.search(r"\b(?:return|typeof|case)\s*$", text[:place][-12:])):
			place = regex_end(text, place)
			last = "/"
		else:
			if match := call.match(text, place):
				found = argument(text, match.end())
				if found is not None:
					yield offset + place, found
				place = match.end()
				last = "("
				continue
			if not char.isspace():
				last = char
			place += 1


def template(text: str, start: int) -> tuple[int, list[tuple[int, str]]]:
	"""The place after a template literal and its `${…}` parts as (offset, code)."""
	place, inner = start + 1, []
	while place < len(text) and text[place] != "`":
		if text[place] == "\\":
			place += 2
		elif text.startswith("${", place):
			begin, depth, place = place + 2, 1, place + 2
			while place < len(text) and depth:
				char = text[place]
				if char in "\"'":
					place = string_end(text, place)
					continue
				if char == "`":
					place = template(text, place)[0]
					continue
				depth += (char == "{") - (char == "}")
				place += 1
			inner.append((begin, text[begin : place - 1]))
		else:
			place += 1
	return place + 1, inner


def blank(text: str, pattern: str) -> str:
	"""The text with each match replaced by spaces, line breaks kept, so that offsets stay true."""
	return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match.group(0)), text, flags=re.S)


JINJA_COMMENT = r"\{#.*?#\}"
HTML_COMMENT = r"<!--.*?-->"
SCRIPT = re.compile(r"(<script\b[^>]*>)(.*?)(</script>)", re.S | re.I)


def markup(text: str) -> Iterator[tuple[int, str]]:
	"""Calls in a Jinja or Vue file: `_()` and `__()` in expressions and in attributes, `__()` in scripts."""
	text = blank(text, JINJA_COMMENT)
	for match in SCRIPT.finditer(text):
		yield from javascript(match.group(2), match.start(2), ("__", "_"))
	outside = blank(
		SCRIPT.sub(lambda m: m.group(1) + re.sub(r"[^\n]", " ", m.group(2)) + m.group(3), text), HTML_COMMENT
	)
	for match in re.finditer(r"(?<![\w$.])(?:__|_|_lt)\s*\(", outside):
		found = argument(outside, match.end())
		if found is not None:
			yield match.start(), found


class BareText(HTMLParser):
	"""Collects visible words that are written straight into a template instead of through `_()`."""

	ATTRIBUTES = {"placeholder", "title", "alt", "aria-label", "label"}
	SILENT = {"script", "style", "pre", "code", "svg", "template"}

	def __init__(self) -> None:
		super().__init__(convert_charrefs=True)
		self.silent = 0
		self.found: list[tuple[int, str]] = []

	def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		line = self.getpos()[0]
		for key, value in attrs:
			button = tag == "input" and key == "value" and dict(attrs).get("type") in ("submit", "button", "reset")
			if key in self.ATTRIBUTES or button:
				self.add(line, value or "")
		if tag in self.SILENT:
			self.silent += 1

	def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		self.handle_starttag(tag, attrs)
		if tag in self.SILENT:
			self.silent -= 1

	def handle_endtag(self, tag: str) -> None:
		if tag in self.SILENT and self.silent:
			self.silent -= 1

	def handle_data(self, data: str) -> None:
		if not self.silent:
			self.add(self.getpos()[0], data)

	def add(self, line: int, text: str) -> None:
		stripped = text.strip()
		words = [word for word in WORD.findall(stripped) if not NEUTRAL.match(word)]
		cjk = has_cjk(stripped)
		if words or cjk:
			skipped = len(text) - len(text.lstrip())
			self.found.append((line + text[:skipped].count("\n"), " ".join(stripped.split())))


def bare_text(text: str) -> list[tuple[int, str]]:
	"""(line, text) of each visible text of a Jinja template that no `_()` translates."""
	# a tag whose name Jinja writes is still a tag
	text = re.sub(
		r"(</?)(\{\{.*?\}\}|\{%.*?%\})",
		lambda match: f"{match.group(1)}x{blank(match.group(2), r'.*')[1:]}",
		text,
		flags=re.S,
	)
	# attributes kept in a variable: {% set common %} id="…" {% endset %}
	text = blank(text, r"\{%-?\s*set\s+\w+\s*-?%\}[^<]*?\{%-?\s*endset\s*-?%\}")
	for pattern in (JINJA_COMMENT, r"\{\{.*?\}\}", r"\{%.*?%\}"):
		text = blank(text, pattern)
	parser = BareText()
	parser.feed(text)
	parser.close()
	return parser.found


def has_cjk(text: str) -> bool:
	return bool(re.search(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", text))
