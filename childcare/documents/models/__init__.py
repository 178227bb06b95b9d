"""Stored files, issued documents, the books of numbers, seals and signed copies."""

from childcare.documents.models.book import NumberingRule, NumberSeries, OutgoingEntry
from childcare.documents.models.files import IssuedDocument, StoredFile
from childcare.documents.models.signing import SignedCopy, UnitSeal

__all__ = ["IssuedDocument", "NumberSeries", "NumberingRule", "OutgoingEntry", "SignedCopy", "StoredFile", "UnitSeal"]
