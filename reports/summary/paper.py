"""The board as a paper, A4 landscape: every picture of the page with its table. PDF, DOCX, XLSX and CSV are made of it."""

from django.utils.timezone import localtime

from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Picture, Table
from childcare.lib.calendar import show
from childcare.lib.vietnamese import small
from reports.summary import groups, maps
from reports.summary.heat import text_of
from reports.summary.trends import CODES

FIRST_YEARS = "Sổ của đơn vị bắt đầu từ {}: số tính theo sổ của những năm trước đó có thể thiếu."


def document(board):
    """The whole board."""
    window = board.window
    span = f"Số liệu từ {show(window.data_from)} đến {show(window.cutoff)}, theo sổ."
    blocks = [
        Paragraph(f"{span} {counted_words(board.figures)}", italic=True),
        *_children(board), *_submissions(board), *_targets(board), *_groups(board), *_trends(board), *_map(board),
    ]  # fmt: skip
    return AdminDocument(
        kind="BẢNG TỔNG HỢP", subject=f"Công tác trẻ em của {board.unit.name} (tính đến {show(window.cutoff)})",
        issuer=issuer_of(board.unit), place=place_of(board.unit), year=board.day.year, month=board.day.month, blocks=blocks,
        landscape=True, closing=False,
    )  # fmt: skip


def counted_words(figures):
    """ "Số tính lúc 14:05 ngày 02/05/2024; từ đó sổ đã có thay đổi." or "" for figures that were counted just now."""
    if figures.counted_at is None:
        return ""
    then = localtime(figures.counted_at)
    changed = "; từ đó sổ đã có thay đổi, số mới sẽ có sau ít phút" if figures.stale else ""
    return f"Số tính lúc {then:%H:%M} ngày {show(then.date())}{changed}."


def plain(figure):
    """A figure in a cell: a count stays a number."""
    countable = not (figure.missing or figure.masked or figure.is_rate or figure.numerator is None)
    return figure.numerator if countable else figure.text


def _children(board):
    found = groups.everybody(board.figures.table, board.unit)
    columns = [Column(words, 12, "right") for words, _ in found]
    return [Heading("1. Trẻ em", 1), Table(columns, [[plain(figure) for _, figure in found]], sheet="Trẻ em")]


def _submissions(board):
    rows, counts = board.submissions
    if not rows:
        return []
    told = f"{len(rows)} đơn vị phải gửi, {counts['unsent']} chưa gửi, {counts['late']} chậm."
    told = f"{board.chosen[3]}: {told}"
    titles = (("Đơn vị", 34), ("Tình trạng", 22), ("Ngày gửi", 16), ("Hạn gửi", 16), ("Chậm", 16))
    columns, cells = [Column(*title) for title in titles], [_submission(row) for row in rows]
    return [Heading("2. Tình hình gửi báo cáo", 1), Paragraph(told), Table(columns, cells, sheet="Gửi báo cáo")]


def _submission(row):
    sent = show(row["sent_on"]) if row["sent_on"] else "–"
    late = row["late_word"] if row["late"] else "–"
    state = row["word"] + (", nhập thay" if row["on_behalf"] else "")
    return [row["unit"].name, state, sent, show(row["obligation"].last_day), late]


def _targets(board):
    blocks = []
    for plan, found in board.plans:
        if not found.rows:
            continue
        columns = [Column(found.corner, 26), *(Column("\n".join(filter(None, head)), 9, "center") for head in found.heads)]
        rows = [["\n".join(filter(None, (title, beneath))), *map(text_of, cells)] for title, beneath, cells in found.rows]
        blocks += [Heading(f"3. Chỉ tiêu {small(plan.subject)}", 1), Table(columns, rows, sheet="Chỉ tiêu")]
    return blocks


def _groups(board):
    svg, words = groups.picture(board.groups, board.window)
    columns = [Column("Nhóm", 40), *(Column(words, 9, "right") for words, _, _ in groups.COLUMNS)]
    rows = [[row.label, *map(plain, row.figures)] for row in board.groups]
    return [
        Heading("4. Trẻ em có hoàn cảnh đặc biệt theo nhóm, giới tính, độ tuổi", 1), Picture(svg, words, 80),
        Table(columns, rows, total_rows={-1}, sheet="Nhóm"), Paragraph(groups.NOTE, italic=True),
    ]  # fmt: skip


def _trends(board):
    blocks = [Heading("5. Xu hướng 5 năm", 1)]
    trend = board.trends.of(board.code)
    svg, words = trend.picture()
    blocks += [Picture(svg, words, 80), trend_table(trend)]
    blocks.append(Paragraph(f"Ước tính bằng {trend.method}: {trend.ahead_text}." if trend.ahead else trend.method, italic=True))
    others = [board.trends.of(code) for code in CODES if code != board.code]
    years = [str(point.year) for point in trend.points]
    columns = [Column("Chỉ tiêu khác", 40), *(Column(year, 12, "right") for year in years)]
    rows = [[other.name, *(plain(point.figure) for point in other.points)] for other in others]
    blocks.append(Table(columns, rows, sheet="Xu hướng khác"))
    return [*blocks, Paragraph(FIRST_YEARS.format(show(board.trends.begun)), italic=True)] if board.trends.begun else blocks


def trend_table(trend):
    """A row a year: the figure and where it comes from; the forecast last."""
    columns = [Column("Năm", 12, "center"), Column(trend.name, 30, "right"), Column("Nguồn", 58)]
    rows = [[str(point.year), plain(point.figure), point.source] for point in trend.points]
    if trend.ahead:
        rows.append([f"{trend.ahead[0]} (ước tính)", trend.ahead_text, trend.method])
    return Table(columns, rows, sheet="Xu hướng")


def _map(board):
    if not board.tiles:
        return []
    name = board.trends.names.get(board.code, board.code)
    svg, words = maps.picture(board.tiles, name, board.window)
    columns = [Column("Đơn vị", 50), Column(name, 30, "right"), Column("So với các đơn vị khác", 20, "center")]
    rows = [[tile.unit.name, plain(tile.figure), tile.word or "–"] for tile in board.tiles]
    return [
        Heading("6. Theo đơn vị", 1), Picture(svg, words, 70), Paragraph(f"{board.how_laid} {maps.HOW}", italic=True),
        Table(columns, rows, sheet="Theo đơn vị"),
    ]  # fmt: skip
