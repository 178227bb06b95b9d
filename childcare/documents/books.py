"""Whose book numbers a document, in which series: one for each issuer, kind and year (NĐ 30/2020/NĐ-CP, Điều 15)."""

from dataclasses import dataclass

from childcare.documents.issuers import notation, sign_of
from childcare.units.models import Office, Unit

LETTER = "CV"  # a công văn bears no letters of its own
KINDS = {
    "BC": "Báo cáo", "KH": "Kế hoạch", LETTER: "Công văn", "QĐ": "Quyết định", "TB": "Thông báo", "TTr": "Tờ trình",
    "GM": "Giấy mời", "GUQ": "Giấy ủy quyền", "HD": "Hướng dẫn", "CTr": "Chương trình", "BB": "Biên bản",
}  # fmt: skip
CODES = {word.upper(): code for code, word in KINDS.items()}
# The subject of a decision about a child: the register is read by many, and names nobody.
CHILD_DECISION = "Quyết định trong hồ sơ trẻ em"


@dataclass(frozen=True)
class Series:
    """One kind of document of a unit, or of the office that issues for it."""

    unit: Unit
    office: Office | None
    code: str

    @property
    def keys(self):
        """As fields of a row."""
        return {"unit": self.unit, "office": self.office, "code": self.code}

    @property
    def kind(self):
        """The word of the kind; "" for a công văn, as its document has it."""
        return "" if self.code == LETTER else KINDS.get(self.code, self.code)

    @property
    def notation(self):
        """The usual letters after the number: "BC-UBND", of a công văn "UBND"."""
        if self.code == LETTER:
            return sign_of(self.unit, self.office) or LETTER
        return notation(self.code, self.unit, self.office)


def series_of(kind, unit, office=None):
    """The series of a document's kind as it is printed ("BÁO CÁO", "" for a công văn); unknown kinds go with their word."""
    return Series(unit, office, CODES.get(kind.upper(), kind[:10]) if kind else LETTER)
