"""A certifying body, certificates and PKCS#12 files of our own, and a person who signs with a token outside of the product."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

PASSWORD = "mật khẩu 123"
DAY = timedelta(days=1)


@cache
def authority(name="CA thử nghiệm"):
    """(key, certificate) of a certifying body."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate(name, key, name, key, -1000, 3000, of_authority=True)


def _certificate(name, key, by_name, by_key, since, until, of_authority=False, signs=True):
    told, by = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, one)]) for one in (name, by_name))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(told).issuer_name(by).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now + since * DAY).not_valid_after(now + until * DAY)
        .add_extension(x509.BasicConstraints(ca=of_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(signs, signs, not signs, False, not signs, of_authority, of_authority, False, False), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key()), critical=False)
    )  # fmt: skip
    return made.sign(by_key, hashes.SHA256())


@cache
def p12(name, since=-30, until=300, password=PASSWORD, signs=True):
    """The PKCS#12 file of somebody whom the body vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    by_key, by = authority()
    certificate = _certificate(name, key, "CA thử nghiệm", by_key, since, until, signs=signs)
    return pkcs12.serialize_key_and_certificates(b"x", key, certificate, [by], BestAvailableEncryption(password.encode()))


def root_file(folder):
    """The certificate of the body as a PEM file. Returns its path."""
    path = folder / "roots.pem"
    path.write_bytes(authority()[1].public_bytes(Encoding.PEM))
    return str(path)


def signed_outside(data, name="Phạm Thị Lan", field="Signature1", **how):
    """The PDF as a person's own program signs it: one more revision."""
    signer = signers.SimpleSigner.load_pkcs12_data(p12(name, **how), other_certs=[], passphrase=PASSWORD.encode())
    about = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), about, signer=signer).getvalue()
