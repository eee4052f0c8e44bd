"""A self-signed certificate for loopback, made anew each time and never kept."""

import ipaddress
import ssl
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.clock import SystemClock

_LIFETIME = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class SelfSigned:
    """A certificate for `localhost` and 127.0.0.1 with its key, both PEM."""

    certificate: str
    key: str = field(repr=False)

    def client_context(self) -> ssl.SSLContext:
        """Trusts this certificate and no other."""
        return ssl.create_default_context(cadata=self.certificate)

    def server_context(self) -> ssl.SSLContext:
        """Shows this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            both = Path(folder, "both.pem")
            both.touch(mode=0o600)
            both.write_text(self.certificate + self.key, encoding="ascii")
            context.load_cert_chain(both)
        return context


def self_signed() -> SelfSigned:
    """A new one, valid from an hour ago for two days of real time."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    # TLS looks at the computer's clock whatever the demo's clock says.
    start = SystemClock().now() - timedelta(hours=1)
    addresses = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _LIFETIME)
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return SelfSigned(
        certificate.public_bytes(serialization.Encoding.PEM).decode(),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
    )
