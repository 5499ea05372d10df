"""Words that reach people through data, not through `_()`: the checks of texts cannot see them."""

import csv
from pathlib import Path

from kefu_property.billing import calculation, kinds, setup, usage_kinds


def test_words_in_data_have_chinese():
	path = Path(kinds.__file__).parents[1] / "translations" / "zh.csv"
	with path.open(encoding="utf-8", newline="") as file:
		chinese = {row[0] for row in csv.reader(file) if row}
	own = kinds.BUILT_IN | usage_kinds.KINDS
	words = set(calculation.SKIP_REASONS) | set(own) | {row[0] for row in setup.FEE_ITEMS}
	for kind in own.values():
		words |= {kind.price_unit, kind.description} | ({kind.quantity_unit} - {"m²", ""})
	assert words - chinese - {"Exempt"} == set() and "Exempt" in chinese
