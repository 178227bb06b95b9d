-- All counts of a district by the unit where they lie, in one statement as a person would write it.
WITH place AS (SELECT id FROM units_unit WHERE path LIKE %(path)s || '%%'),
stay AS (
  SELECT r.child_id, r.unit_id, c.sex, c.ethnic, c.birth_certificate, c.insurance_number, c.insurance_until, c.ministry_state,
         c.identity_verified_on, c.identity_valid, c.full_name, c.birth_precision, c.birth_latest AS born, c.birth_earliest AS earliest,
         c.birth_earliest <= %(day)s AND c.birth_latest > %(sixteen)s AS child
  FROM children_residence r JOIN place ON place.id = r.unit_id JOIN children_child c ON c.id = r.child_id
  WHERE r.voided_at IS NULL AND (r.started_on IS NULL OR r.started_on <= %(day)s) AND (r.ended_on IS NULL OR r.ended_on > %(day)s)),
had AS (
  SELECT r.child_id, r.unit_id FROM children_residence r JOIN place ON place.id = r.unit_id JOIN children_child c ON c.id = r.child_id
  WHERE r.voided_at IS NULL AND (r.started_on IS NULL OR r.started_on <= %(opening)s) AND (r.ended_on IS NULL OR r.ended_on > %(opening)s)
    AND c.birth_earliest <= %(opening)s AND c.birth_latest > %(sixteen_then)s),
held AS (
  SELECT f.child_id, k.code, split_part(k.code, '.', 1) AS head, f.started_on,
         (f.started_on IS NULL OR f.started_on <= %(day)s) AND (f.ended_on IS NULL OR f.ended_on > %(day)s) AS now,
         (f.started_on IS NULL OR f.started_on <= %(opening)s) AND (f.ended_on IS NULL OR f.ended_on > %(opening)s) AS earlier
  FROM children_circumstance f JOIN children_circumstancekind k ON k.id = f.kind_id
  WHERE f.child_id IS NOT NULL AND f.voided_at IS NULL AND (f.started_on IS NULL OR f.started_on <= %(day)s)
    AND (f.ended_on IS NULL OR f.ended_on > %(opening)s)),
fact AS (
  SELECT child_id, bool_or(code LIKE 'N%%' AND now) AS special, bool_or(code LIKE 'N%%' AND earlier) AS special_then,
         bool_or(code LIKE 'R%%' AND now) AS risk,
         bool_or(head IN ('N01', 'N03') AND now) AS orphan, bool_or(head IN ('N01', 'N02', 'N03') AND now) AS alone,
         bool_or(head = 'N04' AND now) AS disabled, bool_or(head IN ('N04', 'L11', 'L12') AND now) AS referred,
         bool_or(code = 'L03' AND now) AS street, bool_or(code = 'L05' AND now) AS hazard, bool_or(code = 'L06' AND now) AS away,
         bool_or(code = 'L07' AND now) AS illegal, bool_or(code = 'L11' AND now) AS heart,
         bool_or(head IN ('L10', 'N09', 'L21') AND started_on >= %(first)s) AS harmed,
         bool_or(code IN ('R01', 'R02', 'R03') AND started_on >= %(first)s) AS found
  FROM held GROUP BY child_id),
house AS (
  SELECT m.child_id, bool_or(p.level = 'poor') AS poor, bool_or(p.level = 'near') AS near, bool_or(h.id IS NOT NULL) AS risk
  FROM children_membership m
  LEFT JOIN children_povertystatus p ON p.household_id = m.household_id AND p.year = %(year)s AND p.voided_at IS NULL AND p.level <> 'other'
  LEFT JOIN children_circumstance h ON h.household_id = m.household_id AND h.voided_at IS NULL
    AND (h.started_on IS NULL OR h.started_on <= %(day)s) AND (h.ended_on IS NULL OR h.ended_on > %(day)s)
  WHERE m.voided_at IS NULL AND (m.started_on IS NULL OR m.started_on <= %(day)s) AND (m.ended_on IS NULL OR m.ended_on > %(day)s)
    AND (p.id IS NOT NULL OR h.id IS NOT NULL)
  GROUP BY m.child_id),
aid AS (
  SELECT s.child_id, k.code, s.started_on, s.running OR s.ended_on IS NOT NULL AS long,
         CASE WHEN s.running OR s.ended_on IS NOT NULL
           THEN (s.started_on IS NULL OR s.started_on <= %(day)s) AND (s.ended_on IS NULL OR s.ended_on > %(first)s)
           ELSE s.started_on BETWEEN %(first)s AND %(day)s END AS given,
         (s.started_on IS NULL OR s.started_on <= %(day)s) AND (s.ended_on IS NULL OR s.ended_on > %(day)s) AS runs
  FROM children_support s JOIN children_supportkind k ON k.id = s.kind_id
  WHERE s.voided_at IS NULL AND k.counted AND s.child_id IS NOT NULL),
help AS (
  SELECT child_id, bool_or(given) AS given, bool_or(given AND code BETWEEN 'S07' AND 'S15') AS treated,
         bool_or(given AND code BETWEEN 'S07' AND 'S11') AS operated, bool_or(given AND code IN ('S12', 'S13')) AS aids,
         bool_or(given AND (code BETWEEN 'S07' AND 'S16' OR code IN ('S02', 'S40'))) AS served, bool_or(code = 'S08') AS heart,
         bool_or(given AND code IN ('S30', 'S31')) AS trained, bool_or(given AND code IN ('S03', 'S04', 'S05')) AS fees,
         bool_or(given AND code = 'S29') AS day_care, bool_or(given AND code = 'S37') AS home,
         bool_or(long AND runs AND code = 'S01') AS allowance, bool_or(long AND runs AND code = 'S28') AS facility,
         bool_or(long AND runs AND code IN ('S24', 'S25')) AS family, bool_or(long AND runs AND code = 'S26') AS foster,
         bool_or(long AND runs AND code IN ('S01', 'S24', 'S25', 'S26', 'S28', 'S29')) AS cared
  FROM aid GROUP BY child_id),
carer AS (
  SELECT DISTINCT child_id FROM children_caregiver
  WHERE voided_at IS NULL AND (started_on IS NULL OR started_on <= %(day)s) AND (ended_on IS NULL OR ended_on > %(day)s)),
stock AS (
  SELECT stay.unit_id,
    count(*) AS residents, count(*) FILTER (WHERE born IS NULL) AS unknown,
    count(*) FILTER (WHERE child) AS "DS-01",
    count(*) FILTER (WHERE child AND born > %(six)s) AS "DS-03",
    count(*) FILTER (WHERE child AND sex = 'm') AS "DS-05", count(*) FILTER (WHERE child AND sex = 'f') AS "DS-06",
    count(*) FILTER (WHERE child AND ethnic NOT IN ('', 'E01', 'E55', 'E56')) AS "DS-07",
    count(*) FILTER (WHERE child AND house.poor) AS "DS-08", count(*) FILTER (WHERE child AND house.near) AS "DS-09",
    count(*) FILTER (WHERE child AND (house.poor OR house.near)) AS "DS-10",
    count(*) FILTER (WHERE child AND born > %(five)s) AS "DS-13 all",
    count(*) FILTER (WHERE child AND born > %(five)s AND birth_certificate <> '') AS "DS-13",
    count(*) FILTER (WHERE earliest <= %(day)s AND born > %(eighteen)s AND born <= %(five)s) AS "DS-14",
    count(*) FILTER (WHERE child AND born > %(six)s AND insurance_number <> '' AND (insurance_until IS NULL OR insurance_until >= %(day)s)) AS "YT-09",
    count(*) FILTER (WHERE child AND ministry_state = 'present') AS "DL-01",
    count(*) FILTER (WHERE child AND ministry_state = 'present' AND identity_verified_on <= %(day)s) AS "DL-02",
    count(*) FILTER (WHERE child AND (NOT identity_valid OR full_name = '' OR sex = '' OR birth_precision <> 'day')) AS "DL-03",
    count(*) FILTER (WHERE child AND special) AS "HC-01", count(*) FILTER (WHERE child AND special AND given) AS "HC-03",
    count(*) FILTER (WHERE child AND special IS NOT TRUE AND (fact.risk OR house.child_id IS NOT NULL)) AS "HC-05",
    count(*) FILTER (WHERE child AND special IS NOT TRUE AND given AND (fact.risk OR house.child_id IS NOT NULL)) AS "HC-07",
    count(*) FILTER (WHERE child AND orphan) AS "HC-08 all",
    count(*) FILTER (WHERE child AND orphan AND (cared OR carer.child_id IS NOT NULL)) AS "HC-08",
    count(*) FILTER (WHERE child AND alone) AS "HC-09 all",
    count(*) FILTER (WHERE child AND alone AND (cared OR carer.child_id IS NOT NULL)) AS "HC-09",
    count(*) FILTER (WHERE child AND disabled) AS "HC-10 all", count(*) FILTER (WHERE child AND disabled AND treated) AS "HC-10",
    count(*) FILTER (WHERE child AND referred) AS "HC-11 all", count(*) FILTER (WHERE child AND referred AND served) AS "HC-11",
    count(*) FILTER (WHERE child AND away) AS "HC-13 all", count(*) FILTER (WHERE child AND away AND given) AS "HC-13",
    count(*) FILTER (WHERE child AND special AND insurance_number <> '' AND (insurance_until IS NULL OR insurance_until >= %(day)s)) AS "HC-15",
    count(*) FILTER (WHERE child AND allowance) AS "HC-16", count(*) FILTER (WHERE child AND facility) AS "HC-17",
    count(*) FILTER (WHERE child AND family) AS "HC-18", count(*) FILTER (WHERE child AND foster) AS "HC-19",
    count(*) FILTER (WHERE child AND day_care) AS "HC-20", count(*) FILTER (WHERE child AND fact.heart) AS "HC-21 all",
    count(*) FILTER (WHERE child AND fact.heart AND help.heart) AS "HC-21", count(*) FILTER (WHERE child AND disabled AND operated) AS "HC-22",
    count(*) FILTER (WHERE child AND aids) AS "HC-23", count(*) FILTER (WHERE child AND special AND trained) AS "HC-25",
    count(*) FILTER (WHERE child AND fees) AS "HC-27", count(*) FILTER (WHERE child AND street) AS "HC-29",
    count(*) FILTER (WHERE child AND home) AS "HC-30", count(*) FILTER (WHERE child AND hazard) AS "LD-02",
    count(*) FILTER (WHERE child AND illegal) AS "LD-03", count(*) FILTER (WHERE child AND away) AS "LD-04",
    count(*) FILTER (WHERE child AND harmed) AS "XH-13",
    count(*) FILTER (WHERE child AND special AND (special_then IS NOT TRUE OR had.child_id IS NULL)) AS "HC-32",
    count(*) FILTER (WHERE child AND special AND special_then AND had.child_id IS NOT NULL) AS stayed
  FROM stay LEFT JOIN fact USING (child_id) LEFT JOIN house USING (child_id) LEFT JOIN help USING (child_id)
    LEFT JOIN carer USING (child_id) LEFT JOIN had USING (child_id)
  GROUP BY stay.unit_id),
begun AS (SELECT had.unit_id, count(*) AS "HC-32 start" FROM had JOIN fact USING (child_id) WHERE special_then GROUP BY had.unit_id),
event AS (
  SELECT i.id, i.unit_id, i.kind, i.cause, i.occurred_on >= %(first)s AS now, p.form, p.outcome, p.intervened_on, help.given,
         coalesce('c' || p.child_id, 'r' || p.id) AS who
  FROM children_incident i JOIN place ON place.id = i.unit_id LEFT JOIN children_incidentchild p ON p.incident_id = i.id
    LEFT JOIN help ON help.child_id = p.child_id
  WHERE i.voided_at IS NULL AND (i.occurred_on BETWEEN %(first)s AND %(day)s OR i.occurred_on BETWEEN %(first_then)s AND %(day_then)s)
    AND (p.birth_latest IS NULL OR p.birth_latest > i.occurred_on - interval '16 years')),
happened AS (
  SELECT unit_id,
    count(DISTINCT id) FILTER (WHERE now AND kind = 'abuse') AS "XH-03", count(DISTINCT who) FILTER (WHERE now AND kind = 'abuse') AS "XH-01",
    count(DISTINCT who) FILTER (WHERE NOT now AND kind = 'abuse') AS "XH-01 earlier",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'abuse' AND intervened_on <= %(day)s) AS "HS-10",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'abuse' AND (intervened_on <= %(day)s OR given)) AS abused_helped,
    count(DISTINCT who) FILTER (WHERE now AND kind = 'abuse' AND form = 'sexual') AS "XH-07",
    count(DISTINCT id) FILTER (WHERE now AND kind = 'school_violence') AS "XH-08",
    count(DISTINCT id) FILTER (WHERE now AND kind = 'offence') AS "VP-01", count(DISTINCT who) FILTER (WHERE now AND kind = 'offence') AS "VP-02",
    count(DISTINCT id) FILTER (WHERE now AND kind = 'child_marriage') AS "TH-01",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'disaster') AS "HC-24 all",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'disaster' AND (intervened_on <= %(day)s OR given)) AS "HC-24",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'injury') AS "TN-01",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'injury' AND outcome = 'died') AS "TN-03",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'injury' AND outcome = 'died' AND cause = 'drowning') AS "TN-05",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'injury' AND cause = 'traffic') AS "TN-06",
    count(DISTINCT who) FILTER (WHERE now AND kind = 'injury' AND outcome = 'died' AND cause NOT IN ('drowning', 'traffic')) AS "TN-07"
  FROM event GROUP BY unit_id),
done AS (
  SELECT a.unit_id, count(*) FILTER (WHERE kind = 'forum') AS "TG-04", count(*) FILTER (WHERE kind = 'action_month') AS "TG-05",
    count(*) FILTER (WHERE kind = 'mid_autumn') AS "TG-06", count(*) FILTER (WHERE kind IN ('participation', 'forum')) AS "TG-08",
    count(*) FILTER (WHERE kind = 'communication') AS "TR-02", count(*) FILTER (WHERE kind = 'guidance') AS "TR-04",
    sum(raised) AS "NL-05", sum(products) AS "TR-03"
  FROM plans_activity a JOIN place ON place.id = a.unit_id
  WHERE a.voided_at IS NULL AND a.held_on BETWEEN %(first)s AND %(day)s GROUP BY a.unit_id),
fund AS (
  SELECT s.unit_id, count(*) AS "NL-06" FROM children_support s JOIN place ON place.id = s.unit_id
  WHERE s.voided_at IS NULL AND s.source ILIKE '%%quỹ%%' AND s.started_on BETWEEN %(first)s AND %(day)s GROUP BY s.unit_id),
due AS (
  SELECT o.to_unit_id AS unit_id, count(*) AS "BC-01 all",
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM reports_submission s WHERE s.obligation_id = o.id
      AND (s.sent_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= o.last_day)) AS "BC-01"
  FROM reports_obligation o JOIN place ON place.id = o.to_unit_id WHERE o.last_day BETWEEN %(first)s AND %(day)s GROUP BY o.to_unit_id)
SELECT * FROM place LEFT JOIN stock ON stock.unit_id = place.id LEFT JOIN begun ON begun.unit_id = place.id
  LEFT JOIN happened ON happened.unit_id = place.id LEFT JOIN done ON done.unit_id = place.id LEFT JOIN fund ON fund.unit_id = place.id
  LEFT JOIN due ON due.unit_id = place.id
