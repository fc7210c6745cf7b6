"""What the database keeps true about places by itself."""

import pgtrigger

#: The unit at the top of Ukraine that a place lies in, from its parent's.
DERIVE_OBLAST = pgtrigger.Trigger(
    name="derive_oblast",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("level", "parent_id"),
    func="""
                    IF NEW.level IN ('oblast', 'special_city') THEN
                        NEW.oblast_id := NEW.id;
                    ELSIF NEW.country_id = 'UA' AND NEW.parent_id IS NOT NULL THEN
                        -- Planned anew for each row: a plan made while the table is empty would read the
                        -- whole table for each of the 30,000 rows of a first load.
                        EXECUTE 'SELECT oblast_id FROM places_place WHERE id = $1'
                            INTO NEW.oblast_id USING NEW.parent_id;
                    ELSE
                        NEW.oblast_id := NULL;
                    END IF;
                    RETURN NEW;
                """,
)

#: What decides whether two places look the same.
_TELLING = (
    "level", "country_id", "parent_id", "centre_id", "name_uk", "name_en", "name_own", "abolished",
)  # fmt: skip

#: Which places of today share their name, in Ukrainian or in English, with another one of their country and
#: level, and which do so within the raion or hromada that they lie in: there a hromada goes by its centre.
MARK_NAMESAKES = pgtrigger.Trigger(
    name="mark_namesakes",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert
    | pgtrigger.Delete
    | pgtrigger.UpdateOf(*_TELLING, "has_namesakes", "has_twin"),
    condition=pgtrigger.Condition("pg_trigger_depth() < 1"),
    declare=[("nested", "text")],
    func="""
        -- Planned anew each time, for the table as large as it is now; and never as a loop within a loop,
        -- which the planner takes for quick where its statistics still say that the table is empty.
        nested := current_setting('enable_nestloop');
        PERFORM set_config('enable_nestloop', 'off', true);
        EXECUTE $sql$
            UPDATE places_place AS place
            SET has_namesakes = known.shared, has_twin = known.twin
            FROM (
                SELECT id,
                    count(*) OVER named > 1 OR (name_en <> '' AND count(*) OVER in_english > 1) AS shared,
                    parent_id IS NOT NULL AND (
                        count(*) OVER called > 1
                        OR (called_en <> '' AND count(*) OVER called_in_english > 1)
                    ) AS twin
                FROM (
                    SELECT one.id, one.country_id, one.level, one.parent_id, one.name_en,
                        coalesce(nullif(one.name_uk, ''), nullif(one.name_own, ''), one.name_en) AS name,
                        coalesce(nullif(centre.name_uk, ''), nullif(one.name_uk, ''), one.name_own) AS called,
                        coalesce(nullif(centre.name_en, ''), one.name_en) AS called_en
                    FROM places_place AS one
                    LEFT JOIN places_place AS centre ON centre.id = one.centre_id AND one.level = 'hromada'
                    WHERE NOT one.abolished
                ) AS today
                WINDOW named AS (PARTITION BY country_id, level, name),
                    in_english AS (PARTITION BY country_id, level, name_en),
                    called AS (PARTITION BY parent_id, level, called),
                    called_in_english AS (PARTITION BY parent_id, level, called_en)
                UNION ALL
                SELECT id, false, false FROM places_place WHERE abolished
            ) AS known
            WHERE known.id = place.id
                AND (place.has_namesakes, place.has_twin) IS DISTINCT FROM (known.shared, known.twin)
        $sql$;
        PERFORM set_config('enable_nestloop', nested, true);
        RETURN NULL;
    """,
)
