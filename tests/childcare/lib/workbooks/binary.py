"""Small .xls files made record by record, so that a test can put into them what no program would write."""

import struct

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
EMPTY = bytes(16)


def record(code, body=b""):
    return struct.pack("<HH", code, len(body)) + body


def text8(text, lengths="<H"):
    """A text of BIFF8 in two bytes a letter."""
    return struct.pack(lengths + "B", len(text), 1) + text.encode("utf-16-le")


def font(name):
    return record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 32767, 400, 0, 0, 0, 0, 0) + text8(name, "<B"))


def form(number, fill=0):
    """A cell format with a font and perhaps a solid yellow ground."""
    return record(0xE0, struct.pack("<HHHBBBBIIH", number, 0, 0x0001, 0x20, 0, 0, 0, 0, (fill << 26), 0x41 << 7 | 13))


def label(row, column, text, form=0):
    return record(0x204, struct.pack("<HHH", row, column, form) + text8(text))


def number(row, column, value, form=0):
    return record(0x203, struct.pack("<HHHd", row, column, form, value))


def formula(row, column, value):
    return record(0x06, struct.pack("<HHHdHIH", row, column, 0, value, 0, 0, 0))


def workbook(*cells, fonts=("Arial",), extra=b"", sheet="DS", streams=("Workbook",)):
    """The bytes of an .xls with one sheet of these records; `extra` are records of the whole workbook."""
    opening = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + extra
    fonts = [*fonts, *["Arial"] * (4 - len(fonts))] if len(fonts) < 5 else fonts
    opening += b"".join(font(name) for name in fonts)
    opening += b"".join(form(place if place < 4 else place + 1) for place in range(len(fonts)))
    tail = struct.pack("<BB", 0, 0) + text8(sheet, "<B")
    place = len(opening) + 4 + 4 + len(tail) + 4
    globals_ = opening + record(0x85, struct.pack("<I", place) + tail) + record(0x0A)
    page = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + b"".join(cells) + record(0x0A)
    return compound({streams[0]: globals_ + page, **dict.fromkeys(streams[1:], b"x" * 4096)})


def compound(streams):
    """An OLE file with these streams, each at least as long as a stream of its own sectors must be."""
    chains, sectors = {}, []
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        data += bytes(-len(data) % SECTOR)
        chains[name] = (len(sectors), len(data))
        sectors += [data[at : at + SECTOR] for at in range(0, len(data), SECTOR)]
    table = []
    for first, length in chains.values():
        count = length // SECTOR
        table += [*range(first + 1, first + count), END]
    directory = [_entry("Root Entry", 5, END, 0, child=1)]
    directory += [
        _entry(name, 2, first, length, right=place + 1 if place < len(chains) else -1)
        for place, (name, (first, length)) in enumerate(chains.items(), 1)
    ]
    directory = b"".join(directory)
    directory += bytes(-len(directory) % SECTOR)
    start = len(sectors)
    count = len(directory) // SECTOR
    sectors += [directory[at : at + SECTOR] for at in range(0, len(directory), SECTOR)]
    table += [*range(start + 1, start + count), END]
    blocks = 1
    while blocks * 128 < len(sectors) + blocks:
        blocks += 1
    first_fat = len(sectors)
    table += [FAT] * blocks
    table += [FREE] * (blocks * 128 - len(table))
    fat = struct.pack(f"<{len(table)}I", *table)
    assert blocks <= 109
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + EMPTY + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, blocks, start, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *[*range(first_fat, first_fat + blocks), *[FREE] * (109 - blocks)])
    return header + b"".join(sectors) + fat


def _entry(name, kind, first, length, *, child=-1, right=-1):
    encoded = name.encode("utf-16-le") + b"\0\0"
    ids = struct.pack("<iii", -1, right, child)
    return encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1) + ids + EMPTY + bytes(20) + struct.pack("<III", first, length, 0)  # fmt: skip
