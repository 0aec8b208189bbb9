"""Portals behind old or doubtful TLS: strict unless the row of the registry says otherwise, and told either way."""

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.portals import Running
from tests.portals.crawling import crawl, stored
from tests.portals.faults import small
from tests.portals.server import Log, serving

HOST = "127.0.0.77"


def certificate(folder: Path) -> Path:
    """Key and certificate in one file, signed by the key itself, for HOST."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / "portal.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain)
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@contextmanager
def behind_tls(pem: Path, leniency: str, newest: ssl.TLSVersion) -> Iterator[Running]:
    """A small portal that speaks no newer TLS than that."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, newest
    running: list[Running] = []
    with serving((HOST, 0), lambda request: running[0].portal.answer(request), Log(), lambda: 0) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        base = f"https://{HOST}:{server.server_address[1]}"
        running.append(Running(small("tls", base), base, Log(), tls=leniency))
        yield running[0]


NEW, OLD = ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1
UNTRUSTED, TOO_OLD = "unreachable: certificate verify failed", "unreachable: tlsv1 alert protocol version"


@pytest.mark.parametrize(
    ("leniency", "trusted", "newest", "outcome"),
    [
        ("", True, NEW, "reached"),
        ("", False, NEW, UNTRUSTED),
        ("", True, OLD, TOO_OLD),
        ("legacy", True, OLD, "reached"),
        ("legacy", False, NEW, UNTRUSTED),
        ("unverified", False, NEW, "reached"),
        ("unverified", False, OLD, "reached"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tls_is_as_lenient_as_the_registry_says(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    leniency: str,
    trusted: bool,
    newest: ssl.TLSVersion,
    outcome: str,
) -> None:
    pem = certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with behind_tls(pem, leniency, newest) as running:
        done = crawl(tmp_path, [running])
        found = {url: year for url, (_, year) in stored(tmp_path, "tls").items()}
        expected = {url: filing.year for url, filing in running.reports.items()}
    assert found == (expected if outcome == "reached" else {})
    assert outcome in done.stdout
    told = f"{HOST}: TLS is lenient as the registry says: {leniency}"
    assert done.stderr.count(told) == bool(leniency)
