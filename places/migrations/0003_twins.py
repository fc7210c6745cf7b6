"""Places that share their name with another one right beside them."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_merging_and_offices"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="place",
            name="mark_namesakes",
        ),
        migrations.AddField(
            model_name="place",
            name="has_twin",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                verbose_name="shares its name within its unit",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="place",
            trigger=pgtrigger.compiler.Trigger(
                name="mark_namesakes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (pg_trigger_depth() < 1)",
                    func="\n        -- Planned anew each time, for the table as large as it is now.\n        EXECUTE $sql$\n            UPDATE places_place AS place\n            SET has_namesakes = known.shared, has_twin = known.twin\n            FROM (\n                SELECT id,\n                    count(*) OVER named > 1 OR (name_en <> '' AND count(*) OVER in_english > 1) AS shared,\n                    parent_id IS NOT NULL AND (\n                        count(*) OVER called > 1\n                        OR (called_en <> '' AND count(*) OVER called_in_english > 1)\n                    ) AS twin\n                FROM (\n                    SELECT one.id, one.country_id, one.level, one.parent_id, one.name_en,\n                        coalesce(nullif(one.name_uk, ''), nullif(one.name_own, ''), one.name_en) AS name,\n                        coalesce(nullif(centre.name_uk, ''), nullif(one.name_uk, ''), one.name_own) AS called,\n                        coalesce(nullif(centre.name_en, ''), one.name_en) AS called_en\n                    FROM places_place AS one\n                    LEFT JOIN places_place AS centre ON centre.id = one.centre_id AND one.level = 'hromada'\n                    WHERE NOT one.abolished\n                ) AS today\n                WINDOW named AS (PARTITION BY country_id, level, name),\n                    in_english AS (PARTITION BY country_id, level, name_en),\n                    called AS (PARTITION BY parent_id, level, called),\n                    called_in_english AS (PARTITION BY parent_id, level, called_en)\n                UNION ALL\n                SELECT id, false, false FROM places_place WHERE abolished\n            ) AS known\n            WHERE known.id = place.id\n                AND (place.has_namesakes, place.has_twin) IS DISTINCT FROM (known.shared, known.twin)\n        $sql$;\n        RETURN NULL;\n    ",
                    hash="b745aeaf30e6fc9d882a75dea31e60c4cc1d8248",
                    level="STATEMENT",
                    operation='INSERT OR DELETE OR UPDATE OF "level", "country_id", "parent_id", "centre_id", "name_uk", "name_en", "name_own", "abolished", "has_namesakes", "has_twin"',
                    pgid="pgtrigger_mark_namesakes_8211a",
                    table="places_place",
                    when="AFTER",
                ),
            ),
        ),
        # The trigger looks at the whole table after any statement, also after one that changes no row.
        migrations.RunSQL("UPDATE places_place SET has_twin = has_twin WHERE false", migrations.RunSQL.noop),
    ]
