"""One sheet of a workbook as it was read."""

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """Rows with content as (number as the program shows it, cells from column A), and what else the reader saw."""

    name: str
    hidden: bool = False
    rows: list = field(default_factory=list)
    merged: list = field(default_factory=list)  # ((row, column), (row, column)) from 1, both ends included
    fonts: dict = field(default_factory=dict)  # (row, index from 0) → (old font, text before) of cells that were converted
    hidden_rows: list = field(default_factory=list)  # numbers
    hidden_columns: list = field(default_factory=list)  # indexes from 0
    formulas: int = 0
    comments: int = 0
    links: bool = False  # formulas refer to another file
    colours: dict = field(default_factory=dict)  # number of a row → its colours as one text
