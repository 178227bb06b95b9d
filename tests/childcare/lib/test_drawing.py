"""Pictures: well-formed, every mark with its number, nothing from outside becomes markup, no styles for a strict page."""

import xml.etree.ElementTree as tree

import pytest

from childcare.lib import drawing

NS = "{http://www.w3.org/2000/svg}"
YEARS = [("2021", 10, "10", True), ("2022", None, "chưa có số liệu", False), ("2023", 4, "4", False), ("2024", 12, "12", True)]


def texts(svg):
    return [node.text for node in tree.fromstring(svg).iter(f"{NS}text")]


@pytest.mark.parametrize(
    "svg",
    [
        drawing.bars([("Nhóm <b>&</b>", 3, "3"), ("Không", None, "***")], "Lời <đọc>"),
        drawing.years(YEARS, "Lời"),
        drawing.years(YEARS, "Lời", ("2025", -2.0, 6.0, 14.0, "6")),
        drawing.tiles([(0, 0, "Nam Sơn", "12", "trẻ em", 3), (1, 2, "Văn Đẩu", "***", "", None)], "Lời"),
        drawing.bars([], "Không có gì"),
        drawing.years([], "Không có gì"),
        drawing.tiles([], "Không có gì"),
    ],
)
def test_every_picture_is_well_formed_and_needs_no_style(svg):
    root = tree.fromstring(svg)
    assert root.get("role") == "img" and root.get("aria-label")
    assert not [node for node in root.iter() if node.get("style") or node.tag.endswith("script")]


def test_bars_are_as_long_as_their_values_and_bear_them():
    root = tree.fromstring(drawing.bars([("Một", 10, "10"), ("Hai", 5, "5"), ("Ba", 0, "0"), ("Bốn", None, "***")], "Lời"))
    wide = [float(node.get("width")) for node in root.iter(f"{NS}rect")]
    assert wide[0] == 2 * wide[1] and len(wide) == 2
    assert {"10", "5", "0", "***"} <= set(
        texts(drawing.bars([("Một", 10, "10"), ("B", 5, "5"), ("C", 0, "0"), ("D", None, "***")], "L"))
    )


def test_a_line_joins_what_is_sure_and_leaves_out_what_is_not():
    root = tree.fromstring(drawing.years(YEARS, "Lời"))
    marks = {node.get("fill") for node in root.iter(f"{NS}circle")}
    assert marks == {drawing.MARK, "#ffffff"} and len(list(root.iter(f"{NS}circle"))) == 3
    assert len([node for node in root.iter(f"{NS}line") if node.get("stroke") == drawing.MARK]) == 1
    assert "chưa có số liệu" in texts(drawing.years(YEARS, "Lời"))


def test_a_forecast_is_dashed_and_shows_its_span_never_below_zero():
    root = tree.fromstring(drawing.years(YEARS, "Lời", ("2025", -2.0, 6.0, 14.0, "6")))
    assert len([node for node in root.iter(f"{NS}line") if node.get("stroke-dasharray")]) == 1
    assert max(float(node.get("y1")) for node in root.iter(f"{NS}line")) == 250


def test_long_names_are_broken_and_cut():
    assert drawing.wrapped("Trường Trung học cơ sở An Bằng Vinh An", 14, 2) == ["Trường Trung", "học cơ sở An …"]
    assert drawing.wrapped("Nam Sơn", 14, 2) == ["Nam Sơn"]
