"""One row of a list → the child that it stands for, with its warnings and offers."""

from childcare.children import identity
from childcare.children.importing import decisions, groups, values
from childcare.lib import legacy_fonts
from childcare.lib.vietnamese import fold

SEX_LETTER = {"nam": "m", "nữ": "f", None: ""}
PLAIN = ("address", "birth_certificate", "insurance_number", "relation_to_head", "school_name", "schooling")
NOTHING = dict.fromkeys(PLAIN)
LENGTHS = dict(zip(PLAIN, (300, 60, 30, 40, 160, 40), strict=True))


class ReadChild:
    """What a row says, before it is decided whether it goes in."""

    def __init__(self, sheet, row):
        self.sheet, self.row = sheet, row
        self.fields, self.offers, self.warnings = {}, [], []
        self.birth, self.birth_kind, self.birth_text, self.birth_given = None, "", "", False
        self.days = {}  # field of a decision, a paper or a beginning → (PartialDate or None, kind, text)
        self.folded = ""
        self.conversion = None  # the name as it was typed under an old font
        self.spelling = None  # (hamlet as written, hamlet meant) where these are not the same name

    def warn(self, field, kind, value):
        """Mark the row; it goes in as it is."""
        self.warnings.append({"sheet": self.sheet, "row": self.row, "field": field, "kind": kind, "value": value})

    def offer(self, field, before, after, kind):
        """A correction that a person may accept."""
        self.offers.append({"sheet": self.sheet, "row": self.row, "field": field, "from": before, "to": after, "kind": kind})


class ChildReader:
    """Reads the rows of one sheet by its heading."""

    def __init__(self, sheet, header, hamlets, on, year):
        self.sheet, self.header, self.hamlets, self.on = sheet.name, header, hamlets, on
        self.fonts = sheet.fonts
        self.at = {}
        for index, name in header.columns.items():
            self.at.setdefault(name, index)
        self.marks = {
            start: [(name.partition(":")[2], index) for index, name in header.columns.items() if name.startswith(f"{start}:")]
            for start in ("sex", "birth", "poverty", "circumstance", "support")
        }
        self.sex_codes = values.sex_codes(header.titles.get(self.at.get("sex"), ""))
        self.ethnic_list = next((name[7:] for name in self.at if name.startswith("ethnic:")), "")
        if self.ethnic_list:
            self.at.setdefault("ethnic", self.at[f"ethnic:{self.ethnic_list}"])
        self.year = year
        self.decided = {name: header.headings.get(index, "") for name, index in self.at.items() if name in decisions.NAMES}
        told = ((name, groups.support_of(heading)) for name, heading in self.decided.items())
        self.implied = [(name, code) for name, code in told if code]  # "Mức trợ cấp xã hội hằng tháng" tells of the help itself
        self.plain = [name for name in PLAIN if name in self.at]
        self.has_poverty = "poverty" in self.at or bool(self.marks["poverty"])

    def read(self, line):
        """The child of a line."""
        one = ReadChild(self.sheet, line.row)
        cells = line.cells

        def cell(name):
            index = self.at.get(name)
            return cells[index] if index is not None and index < len(cells) else ""

        one.fields = {"sheet": self.sheet, "row": line.row}
        note = values.text_or_none(cell("note")) or ""
        cut = self._name(one, cell)
        sex = self._sex(one, cells, cell)
        self._birth(one, cells, cell)
        one.fields["sex"] = sex
        one.fields["ethnic"] = self._ethnic(one, cell)
        self._identity(one, cell, SEX_LETTER[sex])
        self._hamlet(one, values.tidy(cell("hamlet")) or line.hamlet, values.tidy(cell("former_commune")))
        for name in ("mother_name", "father_name", "household_head"):
            one.fields[name] = values.person(self._person(one.row, name, cell(name)))
        one.fields["household_head"] = one.fields["household_head"] or values.person(line.head)
        one.fields["household_row"] = line.house
        one.fields["poverty"] = self._poverty(cells, cell, line)
        one.fields["poverty_year"] = self.year
        self._groups(one, cells, cell)
        self._phone(one, cell)
        one.fields |= NOTHING
        for name in self.plain:
            one.fields[name] = (values.text_or_none(cell(name)) or "")[: LENGTHS[name]] or None
        one.fields["note"] = "; ".join(part for part in (note, cut) if part) or None
        one.fields["twin"] = False
        if "child_code" in self.at and (code := values.text_or_none(cell("child_code"))):
            one.fields["child_code"] = code[:40]
        if note and (reason := values.residence_end(note)):
            one.offer("residence", note, reason, "residence_end")
        self._insurance(one, cell)
        return one

    def _name(self, one, cell):
        """Sets the name; returns the note that was cut off it."""
        raw = self._person(one.row, "full_name", cell("full_name"))
        if "family_name" in self.at:
            parts = (self._person(one.row, part, cell(part)) for part in ("family_name", "given_name"))
            raw = " ".join(text for part in parts if (text := values.tidy(part)))
        self._conversion(one, raw)
        lost = legacy_fonts.suspected(raw.strip()) if isinstance(raw, str) and not one.conversion else None
        if lost:
            return self._lost_font(one, " ".join(raw.split()), lost[1])
        full, state, note, kind, offered = values.name(raw)
        one.fields |= {"full_name": full, "name_state": state}
        one.folded = fold(full) if full else ""
        if kind:
            one.warn("full_name", kind, note if kind == "note_in_name" else full)
        if offered and offered != full:
            one.offer("full_name", full, offered, "name_case")
        return note

    def _person(self, row, name, value):
        """The name of a person in a cell; capitals that an old font could not write are put."""
        font = self.fonts.get((row, self.at.get(name)))
        return legacy_fonts.as_name(value, font[0]) if font and isinstance(value, str) else value

    def _conversion(self, one, raw):
        """Notes what the name was before its old font was read."""
        names = ("family_name", "given_name") if "family_name" in self.at else ("full_name",)
        found = [font for name in names if (font := self.fonts.get((one.row, self.at.get(name))))]
        if found:
            before, after = " ".join(text for _, text in found), " ".join(raw.split())
            one.conversion = {"sheet": one.sheet, "row": one.row, "font": found[0][0], "from": before, "to": after}

    def _lost_font(self, one, typed, likely):
        """A name that only makes sense under an old font, in a cell that has another: stays until a person says yes."""
        one.fields |= {"full_name": typed[:120], "name_state": "named"}
        one.folded = fold(typed)
        one.warn("full_name", "legacy_text_suspected", typed)
        one.offer("full_name", typed, likely, "legacy_text")
        return ""

    def _sex(self, one, cells, cell):
        if self.marks["sex"]:
            for sex, index in self.marks["sex"]:
                if index < len(cells) and values.is_mark(cells[index]):
                    return sex
            only = {sex for sex, _ in self.marks["sex"]}
            if only == {"nữ"}:
                return None if self._says_unknown(cells, self.marks["sex"][0][1]) else "nam"
        for sex, index in self.marks["birth"]:
            if index < len(cells) and not values.is_blank(values.tidy(cells[index])):
                return sex
        if "sex" not in self.at:
            return None
        found, readable = values.sex(cell("sex"), self.sex_codes)
        if not readable:
            one.warn("sex", "sex_unreadable", values.tidy(cell("sex")))
        return found

    @staticmethod
    def _says_unknown(cells, index):
        """True for "?" or "không rõ" where a mark could stand."""
        text = values.tidy(cells[index]) if index < len(cells) else ""
        return bool(text) and values.is_blank(text)

    def _birth(self, one, cells, cell):
        raw = cell("birth_date")
        for _, index in self.marks["birth"]:
            if index < len(cells) and not values.is_blank(values.tidy(cells[index])):
                raw = cells[index]
        if raw in ("", None) and "birth_year" in self.at:
            raw = values.birth_of_parts(cell("birth_day"), cell("birth_month"), cell("birth_year"))
        found, kind, text = values.birth(raw, self.on)
        one.birth, one.birth_kind, one.birth_text = found, kind, text
        if kind in ("birth_impossible", "birth_unreadable"):
            one.birth_given = True
            other = values.month_first(text, self.on)
            if other:
                one.offer("birth_date", text, other.isoformat(), "day_month_swap")
            else:
                one.warn("birth_date", kind, text)
        one.fields |= {
            "birth_date": found.iso if found else None,
            "birth_precision": found.precision if found else "unknown",
            "birth_year": found.latest.year if found else None,
            "birth_text": text or None,
        }

    def _ethnic(self, one, cell):
        text = values.tidy(cell("ethnic"))
        found, kind = values.ethnic(text, self.ethnic_list)
        if kind:
            one.warn("ethnic", kind, text)
        return found

    def _identity(self, one, cell, sex):
        text = values.text_or_none(cell("identity_number"))
        if text is None:
            one.fields |= {"identity_number": None, "identity_status": None}
            return
        found = identity.check(text, sex=sex, birth=one.birth)
        one.fields |= {"identity_number": found.number, "identity_status": "ok" if found.valid else "chưa hợp lệ"}
        if found.number is None:
            one.fields["identity_status"] = None
        elif found.suggestion:
            one.offer("identity_number", found.number, found.suggestion, found.code)
        elif found.code:
            one.warn("identity_number", found.code, found.number if found.valid else text)

    def _hamlet(self, one, text, commune):
        one.fields["hamlet"] = None
        if values.is_blank(text):
            return
        found = values.known_hamlet(text, self.hamlets, commune)
        one.fields["hamlet"] = found
        title = values.hamlet_title(text)
        if found is None:
            one.warn("hamlet", "hamlet_unknown", title)
        elif values.hamlet_key(values.bare_hamlet(text)[0]) != values.hamlet_key(values.bare_hamlet(found)[0]):
            one.spelling = (title, found)

    def _poverty(self, cells, cell, line):
        for level, index in self.marks["poverty"]:
            if index < len(cells) and values.is_mark(cells[index]):
                return level
        found = values.poverty(values.tidy(cell("poverty"))) if "poverty" in self.at else None
        return found or next((mark.partition(":")[2] for mark in line.marks), None)

    def _groups(self, one, cells, cell):
        """Circumstances and supports by marks and by words, and the day from which they hold."""
        marked = self._marked(one, cells)
        text = values.text_or_none(cell("circumstances")) or ""
        codes, kind = groups.circumstances_in(text) if text else ([], "")
        several = codes if len(codes) > 1 else []
        if several:
            one.offer("circumstances", text, ", ".join(codes), "split_circumstances")
            codes = []
        level = values.poverty(text) if kind == "circumstance_unknown" and len(text) > 3 else None
        if level:  # a column "Diện" often holds the class of the household
            one.fields["poverty"] = one.fields["poverty"] or level
        elif kind:
            one.warn("circumstances", kind, text)
        elif groups.unclear_disability(text):
            one.warn("circumstances", "disability_level_unclear", text)
        one.fields["circumstances"] = list(dict.fromkeys([*marked, *codes]))
        helped = [code for code, index in self.marks["support"] if index < len(cells) and values.is_mark(cells[index])]
        paid = decisions.paid(cells, self.marks["support"]) if self.marks["support"] else []
        helped += [code for code, _ in paid]
        given = groups.support_of(text) if (text := values.text_or_none(cell("supports")) or "") else ""
        helped += [given] if given else [code for name, code in self.implied if values.text_or_none(cell(name))]
        one.fields["supports"] = list(dict.fromkeys(helped))
        one.fields["since"] = None
        if "since" in self.at:
            decisions.since(one, cell("since"), self.on)
        if self.decided or paid:
            amounts = [value for _, value in paid]
            decisions.read(one, cell, self.decided, self.on, amounts=amounts, splitting=several)

    def _marked(self, one, cells):
        """The groups of the mark columns of a row. A column of the disabled may hold the level instead of a mark."""
        found = []
        for code, index in self.marks["circumstance"]:
            text = values.tidy(cells[index]) if index < len(cells) else ""
            if values.is_mark(text):
                found.append(code)
            elif code == "N04" and (level := groups.disability_of(text)):
                found.append(level)
                if groups.unclear_disability(f"khuyết tật {text}"):
                    one.warn("circumstances", "disability_level_unclear", text)
            elif not values.is_blank(text) and any(letter.isalpha() for letter in text):
                one.warn("circumstances", "circumstance_unknown", text)
        return found

    @staticmethod
    def _insurance(one, cell):
        """A number of ten digits that a number cell has made nine: its zero is gone."""
        number = one.fields["insurance_number"]
        if number and len(number) == 9 and number.isdigit() and not isinstance(cell("insurance_number"), str):
            one.warn("insurance_number", "insurance_zero_lost", number)

    def _phone(self, one, cell):
        number, offered = values.phone(cell("phone"))
        one.fields["phone"] = number
        if offered:
            one.offer("phone", number, offered, "phone_leading_zero")
