"""Namesakes are found without loops inside loops, whatever the planner believes of the table."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_twins"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="place",
            name="mark_namesakes",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="place",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_namesakes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (pg_trigger_depth() < 1)",
                    declare="DECLARE nested text;",
                    func="\n        -- Planned anew each time, for the table as large as it is now; and never as a loop within a loop,\n        -- which the planner takes for quick where its statistics still say that the table is empty.\n        nested := current_setting('enable_nestloop');\n        PERFORM set_config('enable_nestloop', 'off', true);\n        EXECUTE $sql$\n            UPDATE places_place AS place\n            SET has_namesakes = known.shared, has_twin = known.twin\n            FROM (\n                SELECT id,\n                    count(*) OVER named > 1 OR (name_en <> '' AND count(*) OVER in_english > 1) AS shared,\n                    parent_id IS NOT NULL AND (\n                        count(*) OVER called > 1\n                        OR (called_en <> '' AND count(*) OVER called_in_english > 1)\n                    ) AS twin\n                FROM (\n                    SELECT one.id, one.country_id, one.level, one.parent_id, one.name_en,\n                        coalesce(nullif(one.name_uk, ''), nullif(one.name_own, ''), one.name_en) AS name,\n                        coalesce(nullif(centre.name_uk, ''), nullif(one.name_uk, ''), one.name_own) AS called,\n                        coalesce(nullif(centre.name_en, ''), one.name_en) AS called_en\n                    FROM places_place AS one\n                    LEFT JOIN places_place AS centre ON centre.id = one.centre_id AND one.level = 'hromada'\n                    WHERE NOT one.abolished\n                ) AS today\n                WINDOW named AS (PARTITION BY country_id, level, name),\n                    in_english AS (PARTITION BY country_id, level, name_en),\n                    called AS (PARTITION BY parent_id, level, called),\n                    called_in_english AS (PARTITION BY parent_id, level, called_en)\n                UNION ALL\n                SELECT id, false, false FROM places_place WHERE abolished\n            ) AS known\n            WHERE known.id = place.id\n                AND (place.has_namesakes, place.has_twin) IS DISTINCT FROM (known.shared, known.twin)\n        $sql$;\n        PERFORM set_config('enable_nestloop', nested, true);\n        RETURN NULL;\n    ",
                    hash="98f6793f9f856fcf348a459121efe1341fcc7e08",
                    level="STATEMENT",
                    operation='INSERT OR DELETE OR UPDATE OF "level", "country_id", "parent_id", "centre_id", "name_uk", "name_en", "name_own", "abolished", "has_namesakes", "has_twin"',
                    pgid="pgtrigger_mark_namesakes_8211a",
                    table="places_place",
                    when="AFTER",
                ),
            ),
        ),
    ]
