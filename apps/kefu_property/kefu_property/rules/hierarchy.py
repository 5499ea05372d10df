"""Who reports to whom: circles, and everybody below somebody (D29)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circle(parents: Mapping[str, str | None], child: str, parent: str | None) -> list[str]:
	"""The names of the circle that `child` reporting to `parent` would close, beginning with `child`; empty for none.

	`parents` is what holds now (name to parent). A circle among others, which cannot come from this change, ends the
	walk without being reported.
	"""
	trail, seen = [child], {child}
	while parent:
		if parent == child:
			return [*trail, child]
		if parent in seen:
			return []
		seen.add(parent)
		trail.append(parent)
		parent = parents.get(parent)
	return []


def below(parents: Mapping[str, str | None], top: Iterable[str]) -> set[str]:
	"""The names in `top` and all who report to them, directly or not."""
	children: dict[str, list[str]] = {}
	for name, parent in parents.items():
		if parent:
			children.setdefault(parent, []).append(name)
	found: set[str] = set()
	todo = list(top)
	while todo:
		name = todo.pop()
		if name not in found:
			found.add(name)
			todo.extend(children.get(name, ()))
	return found
