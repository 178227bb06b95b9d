"""The figures once more, in plain SQL that shares nothing with the counting: one statement an indicator, for both databases."""

from django.db import connection

# Where a unit's rows belong on the cut-off day: itself, or the unit that took it over whole.
PLACE = """
place AS (SELECT u.id, coalesce(n.path, u.path) AS path FROM units_unit u
  LEFT JOIN units_unit_predecessors p ON p.to_unit_id = u.id AND EXISTS
    (SELECT 1 FROM units_unit s WHERE s.id = p.from_unit_id AND s.valid_from <= %(day)s)
  LEFT JOIN units_unit n ON n.id = p.from_unit_id)"""
HOLDS = "({0}.started_on IS NULL OR {0}.started_on <= {1}) AND ({0}.ended_on IS NULL OR {0}.ended_on > {1})"


def holds(row, day):
    return HOLDS.format(row, f"%({day})s")


def living(day, born):
    """Children under sixteen who live somewhere at the end of the day, with the path of the place."""
    return f"""SELECT c.id, c.sex, c.ethnic, c.birth_latest, place.path FROM children_residence r
      JOIN children_child c ON c.id = r.child_id JOIN place ON place.id = r.unit_id
      WHERE r.voided_at IS NULL AND {holds("r", day)} AND c.birth_earliest <= %({day})s AND c.birth_latest > %({born})s"""


STAY = f"stay AS ({living('day', 'born16')})"
THEN = f"then_stay AS ({living('opening', 'then16')})"
# Facts of a child or its household; `closed` is the path of who holds the restriction, NULL where nobody does.
OWN = """SELECT x.child_id, k.code, x.started_on, x.ended_on,
      CASE WHEN f.restricted THEN h.path END AS closed FROM children_circumstance x
      JOIN children_circumstancekind k ON k.id = x.kind_id LEFT JOIN children_protectedfile f ON f.id = x.protected_file_id
      LEFT JOIN units_unit h ON h.id = f.held_by_id WHERE x.voided_at IS NULL AND x.child_id IS NOT NULL"""
FACT = f"fact AS ({OWN})"
HOME = f"""home AS (SELECT m.child_id, m.household_id FROM children_membership m
      WHERE m.voided_at IS NULL AND {holds("m", "day")})"""
AID = f"""aid AS (SELECT s.child_id, k.code, CASE WHEN f.restricted THEN h.path END AS closed,
      CASE WHEN s.running OR s.ended_on IS NOT NULL THEN 1 ELSE 0 END AS lasting,
      CASE WHEN {holds("s", "day")} THEN 1 ELSE 0 END AS runs,
      CASE WHEN (NOT s.running AND s.ended_on IS NULL AND s.started_on BETWEEN %(first)s AND %(day)s)
             OR ((s.running OR s.ended_on IS NOT NULL) AND (s.started_on IS NULL OR s.started_on <= %(day)s)
                 AND (s.ended_on IS NULL OR s.ended_on > %(first)s)) THEN 1 ELSE 0 END AS given
      FROM children_support s JOIN children_supportkind k ON k.id = s.kind_id
      LEFT JOIN children_protectedfile f ON f.id = s.protected_file_id
      LEFT JOIN units_unit h ON h.id = f.held_by_id WHERE s.voided_at IS NULL AND k.counted)"""


def special(name, stay, day, codes="fact.code LIKE 'N%%'"):
    """Children with such a fact on the day and where they count: where they live, or, all being closed, where it is held."""
    return f"""{name} AS (SELECT s.id, CASE WHEN count(fact.closed) = count(*) THEN max(fact.closed) ELSE max(s.path) END AS path,
      CASE WHEN count(fact.closed) = count(*) THEN 1 ELSE 0 END AS closed
      FROM {stay} s JOIN fact ON fact.child_id = s.id WHERE {codes} AND {holds("fact", day)} GROUP BY s.id)"""


SPECIAL, BEFORE = special("special", "stay", "day"), special("was", "then_stay", "opening")
HAPPENED = """event AS (SELECT i.id, i.kind, i.cause, coalesce(h.path, place.path) AS path, p.id AS row_id, p.child_id, p.form, p.outcome
      FROM children_incident i JOIN place ON place.id = i.unit_id
      LEFT JOIN children_incidentchild p ON p.incident_id = i.id
      LEFT JOIN children_protectedfile f ON f.id = i.protected_file_id
      LEFT JOIN units_unit h ON h.id = f.held_by_id AND f.restricted
      LEFT JOIN children_child c ON c.id = p.child_id
      WHERE i.voided_at IS NULL AND i.occurred_on BETWEEN %(first)s AND %(day)s
        AND (coalesce(c.birth_latest, p.birth_latest) IS NULL OR CAST(coalesce(c.birth_latest, p.birth_latest) AS text) >
          CAST(CAST(substr(CAST(i.occurred_on AS text), 1, 4) AS integer) - 16 AS text) || substr(CAST(i.occurred_on AS text), 5)))"""
DONE = """done AS (SELECT a.kind, a.occasion, a.raised, place.path FROM plans_activity a JOIN place ON place.id = a.unit_id
      WHERE a.voided_at IS NULL AND a.held_on BETWEEN %(first)s AND %(day)s)"""
UNDER = "path LIKE %(under)s"
RISK = f"""risk AS (SELECT stay.id, stay.path, fact.closed FROM stay JOIN fact ON fact.child_id = stay.id
        WHERE fact.code LIKE 'R%%' AND {holds("fact", "day")}
      UNION ALL SELECT stay.id, stay.path, NULL FROM stay JOIN home ON home.child_id = stay.id
        JOIN children_povertystatus w ON w.household_id = home.household_id
        WHERE w.voided_at IS NULL AND w.year = %(year)s AND w.level IN ('poor', 'near')
      UNION ALL SELECT stay.id, stay.path, NULL FROM stay JOIN home ON home.child_id = stay.id
        JOIN children_circumstance x ON x.household_id = home.household_id JOIN children_circumstancekind k ON k.id = x.kind_id
        WHERE x.voided_at IS NULL AND k.code LIKE 'R%%' AND {holds("x", "day")}),
    risky AS (SELECT id, CASE WHEN count(closed) = count(*) THEN max(closed) ELSE max(path) END AS path FROM risk
      WHERE id NOT IN (SELECT id FROM special) GROUP BY id)"""


def poor(level):
    return f"""SELECT count(*) FROM stay WHERE {UNDER} AND EXISTS (SELECT 1 FROM home
      JOIN children_povertystatus w ON w.household_id = home.household_id WHERE home.child_id = stay.id
      AND w.voided_at IS NULL AND w.year = %(year)s AND w.level = '{level}')"""


def group(code):
    return (special("one", "stay", "day", f"fact.code = '{code}'"), f"SELECT count(*) FROM one WHERE {UNDER}")


def aided(condition):
    return f"""SELECT count(*) FROM (SELECT stay.id,
      CASE WHEN count(aid.closed) = count(*) THEN max(aid.closed) ELSE max(stay.path) END AS path
      FROM stay JOIN aid ON aid.child_id = stay.id WHERE {condition} GROUP BY stay.id) a WHERE {UNDER}"""


def children(condition):
    return (f"SELECT count(DISTINCT coalesce('c' || CAST(child_id AS text), 'r' || CAST(row_id AS text))) FROM event "
            f"WHERE {UNDER} AND row_id IS NOT NULL AND {condition}")  # fmt: skip


def incidents(kind):
    return f"SELECT count(DISTINCT id) FROM event WHERE {UNDER} AND kind = '{kind}'"


HELPED = f"""SELECT count(*) FROM special WHERE {UNDER} AND EXISTS
      (SELECT 1 FROM aid WHERE aid.child_id = special.id AND aid.given = 1 AND (aid.closed IS NULL OR special.closed = 1))"""
# Code → (parts of the statement beside place, the statement).
RECOUNT = {
    "DS-01": ([STAY], f"SELECT count(*) FROM stay WHERE {UNDER}"),
    "DS-03": ([STAY], f"SELECT count(*) FROM stay WHERE {UNDER} AND birth_latest > %(born6)s"),
    "DS-05": ([STAY], f"SELECT count(*) FROM stay WHERE {UNDER} AND sex = 'm'"),
    "DS-06": ([STAY], f"SELECT count(*) FROM stay WHERE {UNDER} AND sex = 'f'"),
    "DS-07": ([STAY], f"SELECT count(*) FROM stay WHERE {UNDER} AND ethnic NOT IN ('', 'E01', 'E55', 'E56')"),
    "DS-08": ([STAY, HOME], poor("poor")),
    "DS-09": ([STAY, HOME], poor("near")),
    "HC-01": ([STAY, FACT, SPECIAL], f"SELECT count(*) FROM special WHERE {UNDER}"),
    "HC-03": ([STAY, FACT, SPECIAL, AID], HELPED),
    "HC-05": ([STAY, FACT, SPECIAL, HOME, RISK], f"SELECT count(*) FROM risky WHERE {UNDER}"),
    "HC-16": ([STAY, AID], aided("aid.code = 'S01' AND aid.lasting = 1 AND aid.runs = 1")),
    "HC-27": ([STAY, AID], aided("aid.code = 'S03' AND aid.given = 1")),
    "HC-29": ([STAY, FACT, group("L03")[0]], group("L03")[1]),
    "LD-02": ([STAY, FACT, group("L05")[0]], group("L05")[1]),
    "LD-04": ([STAY, FACT, group("L06")[0]], group("L06")[1]),
    "HC-32": ([STAY, THEN, FACT, SPECIAL, BEFORE],
              f"SELECT count(*) FROM special WHERE {UNDER} AND id NOT IN (SELECT id FROM was WHERE {UNDER})"),
    "XH-01": ([HAPPENED], children("kind = 'abuse'")),
    "XH-03": ([HAPPENED], incidents("abuse")),
    "XH-07": ([HAPPENED], children("kind = 'abuse' AND form = 'sexual'")),
    "TN-01": ([HAPPENED], children("kind = 'injury'")),
    "TN-03": ([HAPPENED], children("kind = 'injury' AND outcome = 'died'")),
    "TN-05": ([HAPPENED], children("kind = 'injury' AND outcome = 'died' AND cause = 'drowning'")),
    "TN-06": ([HAPPENED], children("kind = 'injury' AND cause = 'traffic'")),
    "VP-01": ([HAPPENED], incidents("offence")),
    "TR-02": ([DONE], f"SELECT count(*) FROM done WHERE {UNDER} AND kind = 'communication'"),
    "TG-06": ([DONE], f"SELECT count(*) FROM done WHERE {UNDER} AND (kind = 'mid_autumn' OR occasion = 'mid_autumn')"),
    "NL-05": ([DONE], f"SELECT coalesce(sum(raised), 0) FROM done WHERE {UNDER}"),
}  # fmt: skip


def recount(code, unit, window):
    """The number of an indicator in a unit."""
    parts, statement = RECOUNT[code]
    back = {years: window.cutoff.replace(year=window.cutoff.year - years) for years in (6, 16)}
    values = {
        "under": f"{unit.path}%", "day": window.cutoff, "first": window.data_from, "opening": window.opening, "year": window.year,
        "born6": back[6], "born16": back[16], "then16": window.opening.replace(year=window.opening.year - 16),
    }  # fmt: skip
    sql = f"WITH {', '.join([PLACE, *parts])} {statement}"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            values = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
