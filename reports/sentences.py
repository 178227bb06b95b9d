"""The text that a report proposes, made from its figures: whole sentences as officers write them.

Zero and missing differ: "Trong kỳ không xảy ra trường hợp nào" for a counted zero, "chưa thống kê" for what nobody counted.
Every function returns the text of one section; paragraphs are divided by a line break.
"""

from childcare.lib.vietnamese import capital, join_list, number, small
from reports import moves
from reports.facts import (
    after,
    counted,
    happened,
    how_many,
    in_brackets,
    missing_line,
    moving,
    paragraphs,
    rates,
    share_of,
    told,
)  # fmt: skip
from reports.kept import NO_FIGURE
from reports.measures.flows import FUND_GROUPS
from reports.outline import next_task


def situation(facts):
    """I. How many children, of what age, sex and class; special circumstances and risks."""
    now = facts.now
    children = now("DS-01")
    if children.missing:
        return paragraphs(f"Số trẻ em trên địa bàn {facts.where}: {NO_FIGURE}.", *facts.notes)
    share = f", chiếm {now('DS-02').share} dân số" if now("DS-02").rate is not None else ""
    inside = join_list(
        part for part in (
            how_many(now("DS-03"), "trẻ em dưới 6 tuổi", ""),
            how_many(now("DS-05"), "trẻ em nam", ""),
            how_many(now("DS-06"), "trẻ em nữ", ""),
        ) if part
    )  # fmt: skip
    first = f"Toàn {facts.where} hiện có {children.count} trẻ em dưới 16 tuổi{in_brackets(facts.beside('DS-01'))}{share}"
    poor = join_list(
        part for part in (
            how_many(now("DS-07"), "trẻ em dân tộc thiểu số", ""),
            how_many(now("DS-08"), "trẻ em thuộc hộ nghèo", "không có trẻ em thuộc hộ nghèo"),
            how_many(now("DS-09"), "trẻ em thuộc hộ cận nghèo", "không có trẻ em thuộc hộ cận nghèo"),
        ) if part
    )  # fmt: skip
    return paragraphs(
        f"{first}; trong đó {inside}." if inside else f"{first}.",
        f"Trong tổng số trẻ em có {poor}.".replace("có không có", "không có") if poor else "",
        came_and_left(facts),
        special(facts),
        missing_line(facts, ("DS-02", "DS-08", "DS-09", "HC-01", "HC-05")),
        *facts.notes,
    )


def came_and_left(facts):
    """ "So với đầu kỳ (1.800 trẻ em): tăng 60 (40 mới sinh, …), giảm 18 (…)." of all children; "" where nobody moved."""
    start, came, left = (facts.now("DS-01", f"flow={flow}") for flow in ("start", "in", "out"))
    if not (came.known and left.known) or None in (came.numerator, left.numerator) or not (came.numerator or left.numerator):
        return ""
    parts = (
        f"{moving(word, figure.numerator)}{moves.in_brackets(facts.now, 'DS-01', flow)}"
        for word, figure, flow in (("tăng", came, moves.IN), ("giảm", left, moves.OUT))
    )
    return f"So với đầu kỳ ({start.count} trẻ em), số trẻ em {', '.join(parts)}."


def special(facts):
    """The sentence on special circumstances and on risks."""
    lines = (
        ("HC-01", "HC-02", "trẻ em có hoàn cảnh đặc biệt"),
        ("HC-05", "HC-06", "trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt"),
    )
    parts = []
    for code, rate, noun in lines:
        figure, share = facts.now(code), facts.now(rate).share
        if figure.known:
            beside = in_brackets(f"{share} tổng số trẻ em" if share and not figure.zero else "", facts.beside(code))
            parts.append(f"{'chưa ghi nhận' if figure.zero else f'có {figure.count}'} {noun}{beside}")
    return f"{capital(facts.where)} {' và '.join(parts)}." if parts else ""


def guidance(facts):
    """II. Documents issued, the plan of the year, the standing group, collaborators."""
    now = facts.now
    issued = now("TR-04")
    count = ""
    if issued.known:
        count = (
            "Trong kỳ chưa ghi nhận văn bản chỉ đạo nào được ban hành." if issued.zero
            else f"Trong kỳ đã ban hành {issued.count} văn bản chỉ đạo về công tác trẻ em{in_brackets(facts.beside('TR-04'))}."
        )  # fmt: skip
    helpers = now("NL-04")
    return paragraphs(
        f"Thực hiện {facts.plan}." if facts.plan else "",
        count,
        told(facts, "TR-04"),
        f"{helpers.text} {facts.parts} có cộng tác viên bảo vệ trẻ em." if helpers.denominator else "",
        standing(facts),
    )


def standing(facts):
    """Ban, Nhóm thường trực: of one commune whether its decision holds, above communes in how many of them."""
    figure = facts.now("NL-13")
    if figure.missing:
        return "Việc kiện toàn Ban, Nhóm thường trực bảo vệ trẻ em: chưa thống kê."
    if figure.denominator == 1:
        return (
            "Ban, Nhóm thường trực bảo vệ trẻ em chưa có quyết định đang có hiệu lực." if figure.zero
            else f"Ban, Nhóm thường trực bảo vệ trẻ em đã được kiện toàn, quyết định đang có hiệu lực{renewed(figure)}."
        )  # fmt: skip
    return f"{figure.text} {facts.parts} có Ban, Nhóm thường trực bảo vệ trẻ em được kiện toàn, quyết định đang có hiệu lực."


def renewed(figure):
    """ "; kiện toàn trong kỳ" when the note of the figure says so."""
    return "; kiện toàn trong kỳ" if figure.note.startswith("Kiện toàn trong kỳ") else ""


def luot(*figures):
    """ "Đã tập huấn 16 lượt người ở 2 lớp." while only numbers were written down and no persons."""
    told = (figure.note for figure in figures if figure.missing and figure.note.startswith("Đã tập huấn"))
    return next((f"{note.partition(';')[0]}." for note in told), "")


def communication(facts):
    """III.1"""
    trained = facts.now("NL-02") if facts.now("NL-02").known else facts.now("NL-01")
    return paragraphs(
        counted(facts, "TR-02", "Đã tổ chức", "buổi truyền thông", "Trong kỳ chưa tổ chức buổi truyền thông nào"),
        counted(facts, "TR-03", "Đã cấp phát, treo, đăng", "tờ rơi, pa nô, băng rôn, tin bài", ""),
        f"Đã tập huấn cho {trained.count} cán bộ, cộng tác viên làm công tác trẻ em."
        if trained.known and trained.numerator
        else luot(facts.now("NL-02"), facts.now("NL-01")),
        share_of(facts, "TR-01"),
        told(facts, "TR-02"),
        missing_line(facts, ("TR-02",)),
    )


def health(facts):
    """III.2"""
    insured = facts.now("YT-09")
    first = ""
    if insured.zero and insured.denominator:
        first = f"Trong sổ chưa ghi thẻ bảo hiểm y tế của trẻ em dưới 6 tuổi nào (0/{number(insured.denominator)})."
    elif insured.rate is not None:
        parts = f"{insured.count}/{number(insured.denominator)}" if insured.denominator else ""
        first = f"{insured.share} trẻ em dưới 6 tuổi được cấp thẻ bảo hiểm y tế{in_brackets(parts, facts.beside('YT-09'))}."
    codes = ("YT-04", "YT-05", "YT-07", "YT-12")
    return paragraphs(first, rates(facts, codes if first else ("YT-09", *codes)))


def schooling(facts):
    """III.3"""
    return rates(facts, ("GD-02", "GD-03", "GD-04", "GD-05"))


def circumstances(facts):
    """III.4.a: stock by group, what came and went, support."""
    now = facts.now
    if now("HC-01").missing or now("HC-01").numerator is None:
        return missing_line(facts, ("HC-01",))
    found = [(group, now("HC-01", f"group={group}").numerator or 0) for group in facts.groups]
    listed = [
        f"{number(count)} {small(facts.names.get(group, group))}"
        for group, count in found
        if count and group not in facts.hidden
    ]
    others = sum(count for group, count in found if group in facts.hidden)
    listed += [f"{number(others)} trẻ em thuộc các nhóm khác (chi tiết tại Phụ lục)"] if others else []
    total = sum(count for _, count in found)
    moved = facts.moved("HC-01", "trẻ em")
    children = now("HC-01").count
    first = f"Tính đến ngày {facts.cutoff:%d/%m/%Y}, {facts.where} có {children} trẻ em có hoàn cảnh đặc biệt{after(moved)}"
    double = f"Một trẻ em có thể thuộc nhiều nhóm: tổng các nhóm là {number(total)}, số trẻ em không trùng là {children}."
    rest = now("HC-01").numerator - total
    came, left = facts.moves
    flow = came is not None and left is not None and (came or left)

    def why(word, count, key):
        return f"{moving(word, count)}{moves.in_brackets(now, 'HC-32', key)}"

    monthly = now("HC-16")
    return paragraphs(
        f"{first}; gồm: {'; '.join(listed)}." if listed else f"{first}.",
        double if rest < 0 else "",
        f"{number(rest)} trẻ em chưa được báo cáo theo nhóm." if listed and rest > 0 else "",
        f"Trong kỳ {why('tăng', came, moves.IN)}, {why('giảm', left, moves.OUT)} trẻ em có hoàn cảnh đặc biệt." if flow else "",
        supported(facts),
        f"{monthly.count} trẻ em đang hưởng trợ cấp xã hội hằng tháng." if monthly.known and monthly.numerator else "",
    )


def supported(facts):
    """How many of them were helped."""
    figure = facts.now("HC-04") if facts.now("HC-04").denominator else facts.now("HC-03")
    if figure.missing:
        return "Số trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp: chưa thống kê."
    if not figure.denominator:
        return f"{figure.count} trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp." if figure.numerator else ""
    whole = f"{figure.count}/{number(figure.denominator)} trẻ em có hoàn cảnh đặc biệt được chăm sóc, trợ giúp"
    return f"{whole}, đạt {figure.share}{in_brackets(facts.beside('HC-04'))}."


def abuse(facts):
    """III.4.b. A single case is a fact with its follow-up, never a failure."""
    cases, children, helped = facts.now("XH-03"), facts.now("XH-01"), facts.now("XH-05")
    if children.known and children.numerator:
        moved = after(facts.moved("XH-01", "trẻ em"))
        first = f"Trong kỳ ghi nhận {f'{cases.count} vụ, ' if cases.known else ''}{children.count} trẻ em bị xâm hại{moved}."
    else:
        first = happened(facts, "XH-01", of="bị xâm hại")
    follow = ""
    if helped.known and helped.denominator:
        part = f"{helped.count}/{number(helped.denominator)}"
        follow = f"{part} trẻ em bị xâm hại khi phát hiện được hỗ trợ, quản lý, can thiệp ({helped.share})."
    school = facts.now("XH-08")
    return paragraphs(
        first,
        follow,
        f"Xảy ra {school.count} vụ bạo lực học đường." if school.known and school.numerator else "",
        files(facts),
    )


def files(facts):
    """The sentence on case files; nothing where there is none."""
    opened, closed, active = facts.now("HS-01"), facts.now("HS-05"), facts.now("HS-06")
    if not any(figure.known and figure.numerator for figure in (opened, closed, active)):
        return ""
    words = ((opened, "lập {} hồ sơ can thiệp"), (closed, "kết thúc {} hồ sơ"), (active, "đang thực hiện {} hồ sơ"))
    return f"Trong kỳ {join_list(said.format(figure.count) for figure, said in words if figure.known)}."


def injuries(facts):
    """III.4.c"""
    hurt, died, drowned = facts.now("TN-01"), facts.now("TN-03"), facts.now("TN-05")
    first = happened(facts, "TN-01", of="bị tai nạn, thương tích")
    deaths = f"{died.count} trẻ em tử vong do tai nạn, thương tích." if died.known and died.numerator else ""
    homes = counted(facts, "TN-11", "Có", "ngôi nhà đạt tiêu chí Ngôi nhà an toàn", "")
    if hurt.zero and died.zero and drowned.zero:
        return paragraphs(first, homes)
    return paragraphs(first, deaths, happened(facts, "TN-05", of="tử vong do đuối nước"), homes)


def labour(facts):
    """III.4.d"""
    return paragraphs(
        happened(facts, "LD-03", of="lao động trái quy định của pháp luật"),
        happened(facts, "TH-01", of="tảo hôn", noun="cuộc", verb="xảy ra"),
    )


def care(facts):
    """III.4.đ"""
    return rates(facts, ("HC-08", "HC-17", "HC-18"))


def culture(facts):
    """III.5"""
    return rates(facts, ("VH-01", "VH-02"))


def participation(facts):
    """III.6"""
    held = (
        ("TG-05", "hoạt động trong Tháng hành động vì trẻ em"), ("TG-06", "hoạt động Tết Trung thu"),
        ("TG-04", "diễn đàn trẻ em"), ("TG-08", "hoạt động thúc đẩy quyền tham gia của trẻ em"),
    )  # fmt: skip
    done = [f"{facts.now(code).count} {noun}" for code, noun in held if facts.now(code).known and facts.now(code).numerator]
    known = any(facts.now(code).known for code, _ in held)
    first = f"Đã tổ chức {join_list(done)}." if done else ("Trong kỳ chưa tổ chức hoạt động nào." if known else "")
    asked = share_of(facts, "TG-01")
    return paragraphs(first, asked, told(facts, *(code for code, _ in held)), missing_line(facts, ("TG-01",)))


def resources(facts):
    """III.7"""
    raised, helped, spent = facts.now("NL-05"), facts.now("NL-06"), facts.now("NL-07")
    first = ""
    if raised.known:
        first = (
            f"Vận động được {raised.count} đồng cho trẻ em{in_brackets(facts.beside('NL-05'))}." if raised.numerator
            else "Trong kỳ chưa vận động được nguồn lực."
        )  # fmt: skip
    return paragraphs(
        first,
        *facts.gifts,
        f"{helped.count} lượt trẻ em được quỹ hỗ trợ{helped_by_group(facts)}." if helped.known and helped.numerator else "",
        f"Kinh phí thực hiện công tác trẻ em: {spent.count} triệu đồng." if spent.known and spent.numerator else "",
        told(facts, "NL-05"),
        missing_line(facts, ("NL-05",)),
    )


def helped_by_group(facts):
    """ ": sức khỏe, dinh dưỡng 5 lượt; giáo dục 2 lượt", as far as the groups were counted."""
    groups = [(words, facts.now("NL-06", f"for={group}")) for group, words in FUND_GROUPS.items()]
    told = [f"{words} {figure.count} lượt" for words, figure in groups if figure.known and figure.numerator]
    return f": {'; '.join(told)}" if told else ""


def friendly(facts):
    """III.8"""
    return rates(facts, ("PH-01", "PH-02"))


def records(facts):
    """III.9"""
    left = facts.now("DL-03")
    return paragraphs(
        rates(facts, ("DL-01", "DL-02")),
        f"Còn {left.count} trẻ em thiếu hoặc sai dữ liệu, đang rà soát, bổ sung." if left.known and left.numerator else "",
    )


def against_plan(facts):
    """IV. How many targets stand how; the table beneath says which."""
    if not facts.targets:
        return "Chưa nhập kế hoạch năm vào hệ thống nên chưa đánh giá được từng chỉ tiêu."
    words = [row["word"] for row in facts.targets]
    counts = [f"{words.count(word)} chỉ tiêu {small(word)}" for word in dict.fromkeys(words)]
    missed = [row for row in facts.targets if row["state"] in ("missed", "behind")]
    return paragraphs(
        f"Trong {len(words)} chỉ tiêu của kế hoạch năm {facts.year}: {join_list(counts)}.",
        *(f"- {row['text'].rstrip('.')}: {small(row['sentence']).rstrip('.')}." for row in missed),
    )


def weaknesses(facts):
    """V."""
    missed = [row["text"].rstrip(".") for row in facts.targets if row["state"] in ("missed", "behind")]
    unknown = sum(row["word"] == "Chưa có số liệu" for row in facts.targets)
    listed = "; ".join(small(text) for text in missed)
    return paragraphs(
        "Đội ngũ cán bộ làm công tác trẻ em chủ yếu kiêm nhiệm.",
        f"Còn {len(missed)} chỉ tiêu chưa đạt hoặc chậm tiến độ: {listed}." if missed else "",
        f"{unknown} chỉ tiêu chưa có số liệu để đánh giá, cần phối hợp với các ngành thu thập." if unknown else "",
    )


def next_steps(facts):
    """VI."""
    missed = [small(row["text"].rstrip(".")) for row in facts.targets if row["state"] in ("missed", "behind")]
    return paragraphs(
        f"Trong {next_task(facts.period)}, {facts.where} tiếp tục thực hiện {facts.plan or 'kế hoạch công tác trẻ em'}.",
        f"Tập trung thực hiện các chỉ tiêu chưa đạt: {'; '.join(missed)}." if missed else "",
        f"Rà soát, cập nhật trẻ em có hoàn cảnh đặc biệt, trẻ em có nguy cơ tại từng {facts.parts}; trợ giúp kịp thời.",
    )


def proposals(facts):
    """VII."""
    if not facts.above:
        return "Không có kiến nghị, đề xuất."
    return f"Đề nghị {facts.above} tiếp tục hướng dẫn chuyên môn, tập huấn cho cán bộ, cộng tác viên làm công tác trẻ em."


TELLERS = {
    "I": situation, "II": guidance, "III.1": communication, "III.2": health, "III.3": schooling, "III.4.a": circumstances,
    "III.4.b": abuse, "III.4.c": injuries, "III.4.d": labour, "III.4.e": care, "III.5": culture, "III.6": participation,
    "III.7": resources, "III.8": friendly, "III.9": records, "IV": against_plan, "V": weaknesses, "VI": next_steps,
    "VII": proposals,
}  # fmt: skip


def propose(facts, keys=tuple(TELLERS)):
    """Section key → proposed text, of every section that is written; "" of one that only the unit itself can fill."""
    return {key: TELLERS[key](facts) if key in TELLERS else "" for key in keys}
