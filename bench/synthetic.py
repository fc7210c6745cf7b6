"""Fills a bench database with made-up partnerships, as many as asked for.

    DATABASE_URL=postgres://…/bench python bench/synthetic.py --partnerships 100000

Ukrainian parties are real hromadas, so that filters and names behave as in life; each foreign party is a made-up
"Benchtown 17", so that no record can be taken for a real one. Everything is generated in the database; triggers are
off meanwhile and status, kind and evidence are derived by the register's own function afterwards. Refuses a database
whose name does not contain "bench".
"""

import argparse
import os
import sys
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

PLACES = """
INSERT INTO places_place (level, country_id, slug, category, name_uk, name_en, name_own, own_language, name_uk_source,
    region_name, latitude, longitude, population, website, abolished, has_namesakes, data_source)
SELECT 'municipality', (ARRAY['DE','PL','FR','IT','US','LT','CZ','RO','SK','ES'])[1 + least(9, floor(random() ^ 2 * 10)::int)],
    'benchtown-' || n, '', '', 'Benchtown ' || n, 'Benchtown ' || n, 'en', '', 'Benchland',
    45 + random() * 10, 5 + random() * 15, (random() * 500000)::int, '', false, false, 'synthetic'
FROM generate_series(1, %(places)s) AS n
"""

PARTNERSHIPS = """
INSERT INTO partnerships_partnership (visibility, listed_kind, why_uk, why_en, kind, status, status_date, evidence,
    created_at, updated_at)
SELECT CASE WHEN n %% 20 = 0 THEN 'draft' ELSE 'published' END,
    (ARRAY['partnership','solidarity','friendship','project','memorandum','unknown'])[1 + floor(random() ^ 2 * 6)::int],
    '', '', 'unknown', 'unknown', '', '', now(), now()
FROM generate_series(1, %(partnerships)s) AS n
RETURNING id
"""

PARTIES = """
WITH made AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM partnerships_partnership
    WHERE id NOT IN (SELECT partnership_id FROM partnerships_party)
), ua AS (
    SELECT id, row_number() OVER (ORDER BY md5(id::text)) - 1 AS n, count(*) OVER () AS total
    FROM places_place WHERE level = 'hromada'
), abroad AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS total
    FROM places_place WHERE data_source = 'synthetic'
)
INSERT INTO partnerships_party (partnership_id, side, place_id, joined, "left", awaits_confirmation, position)
SELECT made.id, 'ua', ua.id, '', '', false, 0 FROM made JOIN ua ON ua.n = (made.n * 7919) % ua.total
UNION ALL
SELECT made.id, 'foreign', abroad.id, '', '', false, 1 FROM made JOIN abroad ON abroad.n = (made.n * 104729) % abroad.total
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

DERIVE = """
SELECT count(partnerships_refresh(p.id)) FROM partnerships_partnership p
WHERE EXISTS (SELECT 1 FROM partnerships_statement s WHERE s.partnership_id = p.id AND s.value = 'synthetic')
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--partnerships", type=int, required=True)
    wanted = parser.parse_args().partnerships
    if "bench" not in connection.settings_dict["NAME"]:
        sys.exit("Synthetic records belong into a database whose name contains “bench”.")
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(PLACES, {"places": max(50, wanted // 20)})
        cursor.execute(PARTNERSHIPS, {"partnerships": wanted})
        cursor.execute(PARTIES)
        cursor.execute(MILESTONES)
        cursor.execute(STATEMENTS)
        cursor.execute(DERIVE)
        print(f"{cursor.fetchone()[0]} synthetic partnerships")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
