"""A reading as the officer sees it before he lets it in: columns, rows, offers and warnings in words, grouped."""

from collections import Counter, defaultdict

from childcare.children.importing import words
from childcare.children.importing.values import from_iso
from childcare.children.models import CircumstanceKind, SupportKind

SHOWN_ROWS, SHOWN_CASES = 15, 50
HIDDEN = "thông tin nhạy cảm (không hiển thị)"


class Preview:
    """What the page of a batch shows of its reading."""

    def __init__(self, reading, *, may_protect):
        self.reading, self.may_protect = reading, may_protect
        self.several = sum(sheet["role"] == "children" for sheet in reading.sheets) > 1
        self.names = {(row["sheet"], row["row"]): row["full_name"] for row in reading.rows}
        kinds = CircumstanceKind.objects.in_bulk(field_name="code")
        self.groups = {code: HIDDEN if kind.sensitive and not may_protect else kind.name for code, kind in kinds.items()}
        self.helps = {kind.code: kind.name for kind in SupportKind.objects.all()}

    def columns(self):
        """(letter, heading, what it is understood as) of every sheet with children."""
        return [
            {"sheet": sheet["name"], "columns": [self._column(sheet, letter) for letter in sheet["titles"]]}
            for sheet in self.reading.sheets
            if sheet["role"] == "children"
        ]

    def _column(self, sheet, letter):
        name = sheet["columns"].get(letter, "")
        code = name.partition(":")[2]
        label = words.field_label(name).replace(code, self.groups.get(code, self.helps.get(code, code))) if name else ""
        return {"letter": letter, "title": sheet["titles"][letter], "label": label}

    def rows(self):
        """The first rows as they will be stored."""
        return [self._row(row) for row in self.reading.rows[:SHOWN_ROWS]]

    def _row(self, row):
        born = from_iso(row["birth_date"], row["birth_precision"])
        return {
            "where": self.where(row), "name": row["full_name"] or f"({row['name_state']})", "birth": born.text if born else "",
            "sex": row["sex"] or "", "hamlet": row["hamlet"] or "", "mother": row["mother_name"] or "",
            "number": row["identity_number"] or "", "valid": row["identity_status"] != "chưa hợp lệ",
            "poverty": row["poverty"] or "", "groups": "; ".join(self.groups.get(code, code) for code in row["circumstances"]),
        }  # fmt: skip

    def where(self, row):
        """ "dòng 12", with the sheet when there are several."""
        place = f"dòng {row['row']}" if row["row"] else "cả trang"
        return f"{row['sheet']}, {place}" if self.several else place

    def offers(self):
        """Offers by kind: each with its position, which the form sends back."""
        cases = defaultdict(list)
        for position, offer in enumerate(self.reading.offers):
            cases[offer["kind"]].append(
                {
                    "position": position, "where": self.where(offer),
                    "name": self.names.get((offer["sheet"], offer["row"])) or "",
                    "before": self._value(offer, "from"), "after": self._value(offer, "to"),
                }
            )  # fmt: skip
        return [self._group(words.OFFERS, kind, found) for kind, found in cases.items()]

    def conversions(self):
        """Names that were typed under old fonts, before and after; those that stayed the same left out. None without any."""
        told = self.reading.conversions
        if told is None:
            return None
        changed = [case for case in told["full_name"] if case["from"] != case["to"]]
        cases = [{"where": self.where(case), "before": case["from"], "after": case["to"]} for case in changed[:SHOWN_CASES]]
        return {"fonts": ", ".join(told["fonts"]), "count": len(changed), "cases": cases, "more": len(changed) - len(cases)}

    def warnings(self):
        """Warnings by kind, the most frequent first."""
        cases = defaultdict(list)
        for warning in self.reading.warnings:
            name = self.names.get((warning["sheet"], warning["row"])) or ""
            cases[warning["kind"]].append({"where": self.where(warning), "name": name, "value": self._value(warning, "value")})
        groups = [self._group(words.WARNINGS, kind, found) for kind, found in cases.items()]
        return sorted(groups, key=lambda group: -group["count"])

    @staticmethod
    def _group(table, kind, cases):
        title, hint = table.get(kind, (kind, ""))
        more = max(0, len(cases) - SHOWN_CASES)
        return {"kind": kind, "title": title, "hint": hint, "count": len(cases), "cases": cases[:SHOWN_CASES], "more": more}

    def _value(self, case, key):
        value = case[key]
        if value is None:
            return ""
        if case["field"] == "birth_date" and len(value) == 10 and value[4] == "-":
            return f"{value[8:]}/{value[5:7]}/{value[:4]}"
        if case["kind"] == "split_circumstances" and key == "to":
            return "; ".join(self.groups.get(code, code) for code in value.split(", "))
        return words.VALUES.get(value, value)

    def rejected(self):
        """Rows that stay out, with the reason."""
        return [
            {"where": self.where(row), "name": row["full_name"] or "", "reason": words.REASONS[row["reason_code"]]}
            for row in self.reading.rejected
        ]

    def passed_over(self):
        """How many rows of which kind are no children: "8 dòng tên thôn, tổ; 1 dòng cộng"."""
        counts = Counter(row["kind"] for row in self.reading.not_children)
        return "; ".join(f"{count} {words.KINDS_OF_ROWS.get(kind, 'dòng khác')}" for kind, count in counts.most_common())
