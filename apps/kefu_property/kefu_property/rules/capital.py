"""An amount of yuan in the capital numerals of receipts (人民币大写).

Follows the notes on cheques and bills of the Measures for Payment and Settlement (支付结算办法, appendix 1): 整 after yuan or jiao, 零 for a
gap, no 整 after fen.
"""

from __future__ import annotations

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LIMIT = Decimal(10) ** 16


def capital(amount: Decimal) -> str:
	"""Amount with at most two decimals, below 10^16 yuan, in capitals; a negative one begins with 负.

	>>> capital(Decimal("1680.32"))
	'壹仟陆佰捌拾元叁角贰分'
	>>> capital(Decimal("107000.53"))
	'壹拾万柒仟元伍角叁分'
	>>> capital(Decimal("0.05"))
	'伍分'
	"""
	if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")) or abs(amount) >= LIMIT:
		raise ValueError(f"not an amount that can be written out: {amount}")
	cents = int(abs(amount) * 100)
	sign = "负" if amount < 0 else ""
	if not cents:
		return "零元整"
	yuan, fraction = divmod(cents, 100)
	jiao, fen = divmod(fraction, 10)
	text = _integer(yuan) + "元" if yuan else ""
	if not fraction:
		return f"{sign}{text}整"
	if jiao:
		text += DIGITS[jiao] + "角"
	elif yuan:
		text += "零"
	return f"{sign}{text}{DIGITS[fen] + '分' if fen else '整'}"


def _integer(value: int) -> str:
	groups = []
	while value:
		value, group = divmod(value, 10_000)
		groups.append(group)
	text = ""
	gap = False
	for index in range(len(groups) - 1, -1, -1):
		group = groups[index]
		if not group:
			gap = bool(text)
			continue
		if text and (gap or group < 1000):
			text += "零"
		text += _group(group) + GROUPS[index]
		gap = False
	# 万亿 names both groups: keep 亿 once when the group of 10^8 is empty or follows it
	return text.replace("万亿", "万", 1) if len(groups) == 4 and groups[2] else text


def _group(value: int) -> str:
	text = ""
	gap = False
	for place in (3, 2, 1, 0):
		digit = value // 10**place % 10
		if digit:
			text += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
			gap = False
		elif text:
			gap = True
	return text
