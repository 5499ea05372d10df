"""The portal's colours can be read (WCAG AA) and its files stay small."""

import re
from pathlib import Path

import pytest

PUBLIC = Path(__file__).resolve().parents[2] / "apps/kefu_property/kefu_property/public"
STYLES = (PUBLIC / "scss/portal.bundle.scss").read_text(encoding="utf-8")

ON = [
	("text", "bg"),
	("text", "surface"),
	("muted", "bg"),
	("muted", "surface"),
	("muted", "plain-soft"),
	("text", "plain-soft"),
	("brand", "bg"),
	("brand", "surface"),
	("brand-strong", "surface"),
	("brand-strong", "brand-soft"),
	("on-brand", "brand"),
	("on-brand", "brand-strong"),
	("bad", "surface"),
	*((tone, f"{tone}-soft") for tone in ("good", "info", "wait", "bad")),
]


def colours(theme: str) -> dict[str, str]:
	blocks = re.findall(r":root \{(.*?)\}", STYLES, re.S)
	found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[0]))
	if theme == "dark":
		found.update(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1]))
	return found


def luminance(colour: str) -> float:
	parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
	red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
	light, dark = sorted((luminance(first), luminance(second)), reverse=True)
	return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
	assert contrast("#000000", "#ffffff") == pytest.approx(21)
	assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), ON)
def test_text_stands_out(theme, ink, paper):
	found = colours(theme)
	assert contrast(found[ink], found[paper]) >= 4.5, f"{theme}: {ink} {found[ink]} on {paper} {found[paper]}"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_edges_of_fields_stand_out(theme):
	found = colours(theme)
	assert contrast(found["field-line"], found["surface"]) >= 3


def test_the_script_is_small():
	assert (PUBLIC / "js/portal.bundle.js").stat().st_size < 15_000
