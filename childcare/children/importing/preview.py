"""A reading as the officer sees it before he lets it in: columns, rows, offers and warnings in words, grouped."""

from collections import Counter, defaultdict

from childcare.children.importing import decisions, guesses, swaps, words
from childcare.children.importing.values import from_iso
from childcare.children.models import CircumstanceKind, SupportKind
from childcare.lib.vietnamese import number

SHOWN_ROWS, SHOWN_CASES = 15, 50
OF_A_FIELD = ("differs", swaps.DECIDED)  # one group of offers, several fields
DAYS = ("birth_date", *swaps.DECISION_DAYS)
CONVERTED = ("Họ tên gõ bằng phông chữ cũ", "Chữ trong tệp và chữ sau khi đổi sang Unicode.")
REJECTED = ("Dòng không vào sổ", "Nội dung cần sửa của từng dòng.")


class Preview:
    """What the page of a batch shows of its reading."""

    def __init__(self, reading, *, may_protect, taken=()):
        self.reading, self.may_protect, self.taken = reading, may_protect, set(taken)
        self.several = sum(sheet["role"] == "children" for sheet in reading.sheets) > 1
        self.names = {(row["sheet"], row["row"]): row["full_name"] for row in reading.rows}
        kinds = CircumstanceKind.objects.in_bulk(field_name="code")
        self.groups = {code: words.HIDDEN if kind.sensitive and not may_protect else kind.name for code, kind in kinds.items()}
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
            "helps": "; ".join(self.helps.get(code, code) for code in row["supports"]), **decisions.shown(row),
        }  # fmt: skip

    def has_helps(self):
        """True when one of the first rows tells of help."""
        return any(row["supports"] for row in self.reading.rows[:SHOWN_ROWS])

    def where(self, row):
        """ "dòng 12", with the sheet when there are several."""
        place = f"dòng {row['row']}" if row["row"] else "cả trang"
        return f"{row['sheet']}, {place}" if self.several else place

    def offers(self):
        """Offers by kind: the first of each with its position, which the form sends back, and how many were taken before."""
        found = [self._group(words.OFFERS, kind, cases) for kind, cases in self._offer_cases().items()]
        return [group | {"chosen": sum(case["position"] in self.taken for case in group.pop("all"))} for group in found]

    def offer_part(self, kind):
        """Every offer of a kind, or nothing when there is none."""
        cases = self._offer_cases().get(kind)
        return cases and self._part(words.OFFERS, kind, cases)

    def _offer_cases(self):
        cases = defaultdict(list)
        for position, offer in enumerate(self.reading.offers):
            if offer["kind"] in guesses.KINDS:
                continue  # on a page of their own, side by side
            cases[offer["kind"]].append(
                {
                    "position": position, "where": self.where(offer),
                    "name": self.names.get((offer["sheet"], offer["row"])) or "",
                    "before": self._value(offer, "from"), "after": offer.get("told") or self._value(offer, "to"),
                    "what": words.FIELDS_DIFFERING[offer["field"]] if offer["kind"] in OF_A_FIELD else "",
                }
            )  # fmt: skip
        return cases

    def conversions(self):
        """Names that were typed under old fonts, before and after; those that stayed the same left out. None without any."""
        if self.reading.conversions is None:
            return None
        group = self._group({"names": CONVERTED}, "names", self._converted())
        return group | {"fonts": ", ".join(self.reading.conversions["fonts"])}

    def _converted(self):
        names = self.reading.conversions["full_name"] if self.reading.conversions else []
        return [
            {"where": self.where(case), "name": "", "before": case["from"], "after": case["to"]}
            for case in names
            if case["from"] != case["to"]
        ]

    def warnings(self):
        """Warnings by kind, the most frequent first."""
        groups = [self._group(words.WARNINGS, kind, found) for kind, found in self._warning_cases().items()]
        return sorted(groups, key=lambda group: -group["count"])

    def _warning_cases(self):
        cases = defaultdict(list)
        for warning in self.reading.warnings:
            name = self.names.get((warning["sheet"], warning["row"])) or ""
            cases[warning["kind"]].append({"where": self.where(warning), "name": name, "before": self._value(warning, "value")})
        return cases

    def part(self, kind):
        """Every line of a kind of warning, of the names converted ("names") or of the rows that stay out ("rejected")."""
        tables = {"names": (CONVERTED, self._converted), "rejected": (REJECTED, self._rejected_cases)}
        if kind in tables:
            title, ask = tables[kind]
            return (cases := ask()) and self._part({kind: title}, kind, cases)
        cases = self._warning_cases().get(kind)
        return cases and self._part(words.WARNINGS, kind, cases)

    def _rejected_cases(self):
        return [{"where": row["where"], "name": row["name"], "before": row["reason"]} for row in self.rejected()]

    @staticmethod
    def _part(table, kind, cases):
        title, hint = table.get(kind, (kind, ""))
        return {"kind": kind, "title": title, "hint": hint, "count": len(cases), "cases": cases}

    def _group(self, table, kind, cases):
        more = max(0, len(cases) - SHOWN_CASES)
        return self._part(table, kind, cases) | {"cases": cases[:SHOWN_CASES], "more": more, "all": cases}

    def _value(self, case, key):
        value = case[key]
        if value is None:
            return ""
        if case["field"] in DAYS and len(value) == 10 and value[4] == "-":
            return f"{value[8:]}/{value[5:7]}/{value[:4]}"
        if case["field"] == "amount" and value.isdigit() and key != "from":
            return f"{number(value)} đồng"
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
