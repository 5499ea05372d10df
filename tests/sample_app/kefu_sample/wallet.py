"""A payment channel of another app: a carrier that signs its reports with a shared secret."""

import hashlib
import hmac
import json
from decimal import Decimal

from kefu_property.billing.channels import ForgedNotice, Notice, PaymentChannel

#: a real channel reads it from the site's configuration
SECRET = b"sample"


def sign(body: bytes) -> str:
	return hmac.new(SECRET, body, hashlib.sha256).hexdigest()


class SampleWallet(PaymentChannel):
	"""Takes every payment at once."""

	def begin(self, order: dict) -> str:
		return f"{order['return_url']}?wallet={order['amount']}"

	def read(self, request) -> Notice:
		body = request.get_data()
		if not hmac.compare_digest(sign(body), request.headers.get("X-Wallet-Signature", "")):
			raise ForgedNotice
		report = json.loads(body)
		return Notice(report["order"], Decimal(report["amount"]), report["reference"])

	def answer(self) -> str:
		return "taken"
