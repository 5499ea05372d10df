"""A self-signed certificate for tests of TLS."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


def make_certificate(key: Path, cert: Path) -> None:
	"""Write a key and a certificate of one day, both PEM."""
	private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
	name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
	now = datetime.now(timezone.utc)
	end = now + timedelta(days=1)
	builder = x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number(), now, end)
	signed = builder.sign(private, hashes.SHA256())
	cert.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
	form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
	key.write_bytes(private.private_bytes(*form))
