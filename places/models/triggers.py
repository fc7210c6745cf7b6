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

#: Which places of today share their name with another one of their level and country.
MARK_NAMESAKES = pgtrigger.Trigger(
    name="mark_namesakes",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Condition("pg_trigger_depth() < 1"),
    func="""
                    -- Planned anew each time, for the table as large as it is now.
                    EXECUTE $sql$
                        UPDATE places_place AS place
                        SET has_namesakes = known.shared
                        FROM (
                            SELECT id, NOT abolished AND count(*) FILTER (WHERE NOT abolished) OVER (
                                PARTITION BY country_id, level,
                                    coalesce(nullif(name_uk, ''), nullif(name_own, ''), name_en)
                            ) > 1 AS shared
                            FROM places_place
                        ) AS known
                        WHERE known.id = place.id AND place.has_namesakes <> known.shared
                    $sql$;
                    RETURN NULL;
                """,
)
