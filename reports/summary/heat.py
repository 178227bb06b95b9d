"""Targets × units with the number and the word in every cell; the colour only helps, and there is none under five events."""

from dataclasses import dataclass

MOST_ACROSS = 12  # more units than this stand one under the other


@dataclass(frozen=True)
class Heat:
    """Heads as (title, beneath) and rows as (title, beneath, cells of `target_table`); `down`: the units go down."""

    corner: str
    heads: list
    rows: list
    down: bool


def heat(table):
    """The table of a plan's targets over units, the long side downwards."""
    targets = [(target.text, target.wanted) for target, _ in table.measured_rows]
    units = [(unit.bare_name, "") for unit in table.units]
    cells = [cells for _, cells in table.measured_rows]
    if len(units) <= MOST_ACROSS:
        return Heat("Chỉ tiêu", units, [(*head, row) for head, row in zip(targets, cells, strict=True)], False)
    turned = list(zip(*cells, strict=True)) if cells else [()] * len(units)
    return Heat("Đơn vị", targets, [(*head, list(row)) for head, row in zip(units, turned, strict=True)], True)


def text_of(cell):
    """A cell on paper: "30/31 (96,8%) Đạt"."""
    if cell.now.missing or cell.now.masked:
        return cell.verdict.word
    counts = f" ({cell.now.counts})" if cell.now.counts else ""
    return f"{cell.now.text}{counts}\n{cell.verdict.word}"
