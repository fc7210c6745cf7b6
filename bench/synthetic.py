"""Fills a bench database with made-up partnerships, as many as asked for.

    DATABASE_URL=postgres://…/bench python bench/synthetic.py --partnerships 100000

Ukrainian parties are real hromadas, so that filters and names behave as in life; each foreign party is a made-up
"Benchtown 17", so that no record can be taken for a real one. Everything is generated in the database; triggers are
off meanwhile; status, kind, evidence, standings, differences and the list are derived by the register's own functions
afterwards. Refuses a database
whose name does not contain "bench".
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

TABLES = (
    "places_place",
    "partnerships_partnership",
    "partnerships_party",
    "partnerships_milestone",
    "partnerships_statement",
)

MADE_UP = """
CREATE TEMPORARY TABLE made_up ON COMMIT DROP AS
SELECT p.id AS partnership_id FROM partnerships_partnership p
WHERE EXISTS (SELECT 1 FROM partnerships_statement s WHERE s.partnership_id = p.id AND s.value = 'synthetic')
    AND NOT EXISTS (SELECT 1 FROM partnerships_listing l WHERE l.partnership_id = p.id)
"""

PLACES = """
INSERT INTO places_place (level, country_id, slug, category, name_uk, name_en, name_own, own_language, name_uk_source,
    region_name, latitude, longitude, population, website, abolished, has_namesakes, has_twin, data_source, office_uk,
    office_en, office_email, office_phone)
SELECT 'municipality', (ARRAY['DE','PL','FR','IT','US','LT','CZ','RO','SK','ES'])[1 + least(9, floor(random() ^ 2 * 10)::int)],
    'benchtown-' || n, '', '', 'Benchtown ' || n, 'Benchtown ' || n, 'en', '', 'Benchland',
    45 + random() * 10, 5 + random() * 15, (random() * 500000)::int, '', false, false, false, 'synthetic',
    '', '', '', ''
FROM generate_series(1, %(places)s) AS n
"""

PARTNERSHIPS = """
INSERT INTO partnerships_partnership (visibility, listed_kind, withdrawn_because_uk, withdrawn_because_en, why_uk,
    why_en, kind, status, status_date, evidence, created_at, updated_at)
SELECT CASE WHEN n %% 20 = 0 THEN 'draft' ELSE 'published' END,
    (ARRAY['partnership','solidarity','friendship','project','memorandum','unknown'])[1 + floor(random() ^ 2 * 6)::int],
    '', '', '', '', 'unknown', 'unknown', '', '', now(), now()
FROM generate_series(1, %(partnerships)s) AS n
RETURNING id
"""

PARTIES = """
WITH made AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM partnerships_partnership
    WHERE id NOT IN (SELECT partnership_id FROM partnerships_party)
), ua AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY md5(id::text)) - 1 AS n
    FROM places_place WHERE level = 'hromada'
), abroad AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS n
    FROM places_place WHERE data_source = 'synthetic'
)
INSERT INTO partnerships_party (partnership_id, side, place_id, joined, "left", awaits_confirmation, position)
SELECT made.id, 'ua', ua.id, '', '', false, 0 FROM made JOIN ua ON ua.n = (made.n * 7919) %% (SELECT count(*) FROM ua)
UNION ALL
SELECT made.id, 'foreign', abroad.id, '', '', false, 1 FROM made JOIN abroad ON abroad.n = (made.n * 104729) %% (SELECT count(*) FROM abroad)
"""

MILESTONES = """
INSERT INTO partnerships_milestone (partnership_id, type, stage, date, mode, kind, announced_on, outcome, note_uk, note_en)
SELECT p.id, t.type, t.stage, to_char(date '1995-01-01' + (random() * 11500)::int, t.shape), '', '', '', 'not_known', '', ''
FROM partnerships_partnership p
JOIN (VALUES ('decision', 'happened', 'YYYY-MM-DD', 0.6), ('signing', 'happened', 'YYYY-MM', 0.5),
             ('registration', 'happened', 'YYYY', 0.1), ('signing', 'announced', 'YYYY-MM-DD', 0.1),
             ('end', 'happened', 'YYYY-MM-DD', 0.02)) AS t(type, stage, shape, share) ON random() < t.share
WHERE p.evidence = '' AND NOT EXISTS (SELECT 1 FROM partnerships_milestone m WHERE m.partnership_id = p.id)
"""

STATEMENTS = """
INSERT INTO partnerships_statement (source_id, partnership_id, fact, value, grade, url)
SELECT (SELECT min(id) FROM partnerships_source), id, 'pair', 'synthetic', (ARRAY['A','B','C','D','E'])[1 + floor(random() * 5)::int], ''
FROM partnerships_partnership p
WHERE NOT EXISTS (SELECT 1 FROM partnerships_statement s WHERE s.partnership_id = p.id)
"""

#: A second source that says another day of every fiftieth signing, so that there are differences to decide.
CONTRADICTIONS = """
INSERT INTO partnerships_statement (source_id, partnership_id, milestone_id, fact, value, grade, url)
SELECT (SELECT min(id) FROM partnerships_source), m.partnership_id, m.id, 'date', said.value, said.grade, ''
FROM partnerships_milestone m
CROSS JOIN LATERAL (VALUES (m.date, 'B'), ('1993-07-04', 'D')) AS said(value, grade)
WHERE m.type = 'signing' AND m.stage = 'happened' AND m.partnership_id %% 50 = 0
    AND m.partnership_id IN (SELECT partnership_id FROM made_up)
"""

#: Triggers were off: what they would have derived, by the register's own functions.
DERIVE = (
    """
    SELECT count(partnerships_refresh(partnership_id)) FROM made_up
    """,
    """
    INSERT INTO partnerships_standing (partnership_id, days, status, status_date, kind, possibly)
    SELECT m.partnership_id, s.days, s.status, s.status_date, s.kind, s.possibly
    FROM made_up m CROSS JOIN LATERAL partnerships_standings(m.partnership_id) s
    """,
    """
    INSERT INTO partnerships_difference (partnership_id, milestone_id, agreement_id, fact, values, decided, found_at)
    SELECT m.partnership_id, d.milestone_id, d.agreement_id, d.fact, d.said, false, now()
    FROM (
        SELECT partnership_id FROM partnerships_statement WHERE fact IN ('date', 'since', 'kind', 'legal_kind')
            AND partnership_id IN (SELECT partnership_id FROM made_up)
        GROUP BY partnership_id HAVING count(*) > 1
    ) AS m CROSS JOIN LATERAL partnerships_differing(m.partnership_id) d
    """,
    """
    SELECT partnerships_list(array_agg(partnership_id)) FROM made_up
    """,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--partnerships", type=int, required=True)
    wanted = parser.parse_args().partnerships
    if "bench" not in connection.settings_dict["NAME"]:
        sys.exit("Synthetic records belong into a database whose name contains “bench”.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        steps = (PLACES, PARTNERSHIPS, PARTIES, MILESTONES, STATEMENTS, MADE_UP, CONTRADICTIONS, *DERIVE)
        numbers = {"places": max(50, wanted // 20), "partnerships": wanted}
        for step in steps:
            begun = time.monotonic()
            cursor.execute(step, numbers)
            # Each step is planned by what is there now, not by the tables of a moment ago.
            cursor.execute("ANALYZE")
            print(f"{time.monotonic() - begun:6.1f} s  {' '.join(step.split())[:60]}", flush=True)
        cursor.execute("SELECT count(*) FROM made_up")
        print(f"{cursor.fetchone()[0]} synthetic partnerships")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.cursor() as cursor:
        # Also marks pages as visible to all, as they are in a register that is read more than written.
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
