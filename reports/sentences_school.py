"""The proposed text of a school's report: its pupils as it brought them, its activities, what the registry may tell of them.

A school has no commune's parts: what it does not tell is no section of its report. Zero and missing differ here too.
"""

from childcare.lib.vietnamese import join_list, number, small
from reports import sentences
from reports.facts import counted, happened, in_brackets, paragraphs, rates, told
from reports.kept import NO_FIGURE
from reports.outlines import BASE


def situation(facts):
    """I. Pupils and classes, boys and girls, minorities."""
    now = facts.now
    if now("DS-01").missing:
        return f"Số học sinh của trường: {NO_FIGURE}."
    inside = [
        f"{now(code).count} học sinh {words}"
        for code, words in (("DS-05", "nam"), ("DS-06", "nữ"), ("DS-07", "dân tộc thiểu số"))
        if now(code).known and now(code).numerator
    ]
    classes = f" ở {number(len(facts.classes))} lớp" if facts.classes else ""
    first = f"Trường hiện có {now('DS-01').count} học sinh dưới 16 tuổi{in_brackets(facts.beside('DS-01'))}{classes}"
    return f"{first}; trong đó {join_list(inside)}." if inside else f"{first}."


def guidance(facts):
    """II. The plan it carries out, what it issued and did to lead the work."""
    return paragraphs(f"Thực hiện {facts.plan}." if facts.plan else "", told(facts, "TR-04"))


def communication(facts):
    """III.1"""
    none = "Trong kỳ chưa tổ chức buổi truyền thông nào"
    return paragraphs(counted(facts, "TR-02", "Đã tổ chức", "buổi truyền thông", none), told(facts, "TR-02"))


def health(facts):
    """III.2: the yearly check of the pupils' health."""
    return rates(facts, ("YT-12",))


def schooling(facts):
    """III.3: what the school knows of itself."""
    return rates(facts, ("GD-08", "GD-09", "GD-10")) if any(facts.now(f"GD-{n}").known for n in ("08", "09", "10")) else ""


def circumstances(facts):
    """III.4.a: pupils in special circumstances as far as they are matched with the registry, and how many were helped."""
    special, helped = facts.now("HC-01"), facts.now("HC-04")
    if special.missing:
        return f"Số học sinh có hoàn cảnh đặc biệt: {NO_FIGURE}."
    part = ""
    if helped.known and helped.denominator:
        part = f"{helped.count}/{number(helped.denominator)} em được chăm sóc, trợ giúp ({helped.share})."
    none = "Chưa ghi nhận học sinh có hoàn cảnh đặc biệt." if special.zero else ""
    first = none or f"Có {special.count} học sinh có hoàn cảnh đặc biệt{in_brackets(facts.beside('HC-01'))}."
    return paragraphs(first, part, special.note)


def violence(facts):
    """III.4.b: school violence."""
    return happened(facts, "XH-08", of="bạo lực học đường", noun="vụ", verb="xảy ra")


def weaknesses(facts):
    """V. Targets of the school's plan that were missed or are late."""
    missed = [small(row["text"].rstrip(".")) for row in facts.targets if row["state"] in ("missed", "behind")]
    return f"Còn {len(missed)} chỉ tiêu chưa đạt hoặc chậm tiến độ: {'; '.join(missed)}." if missed else ""


def next_steps(facts):
    """VI."""
    return paragraphs(
        f"Tiếp tục thực hiện {facts.plan or 'kế hoạch công tác trẻ em của trường'}.",
        "Theo dõi, hỗ trợ học sinh có hoàn cảnh đặc biệt, học sinh có nguy cơ bỏ học; phối hợp với gia đình và phường, xã.",
    )


TELLERS = {
    "I": situation, "II": guidance, "III.1": communication, "III.2": health, "III.3": schooling, "III.4.a": circumstances,
    "III.4.b": violence, "III.4.c": sentences.injuries, "III.6": sentences.participation, "IV": sentences.against_plan,
    "V": weaknesses, "VI": next_steps, "VII": sentences.proposals,
}  # fmt: skip


def propose(facts, keys=tuple(TELLERS)):
    """Section key → proposed text of the sections that a school writes; "" of one that somebody above asked for."""
    wanted = [key for key in keys if key in TELLERS or key not in BASE]
    return {key: TELLERS[key](facts) if key in TELLERS else "" for key in wanted}
