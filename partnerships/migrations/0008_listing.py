"""The register's list as a table of its own, kept by triggers, with the days of a standing's date."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import core.fields


def _of_rows(table: str) -> str:
    """Triggers of a table whose rows belong to a partnership."""
    return f"""
        CREATE TRIGGER listing_after_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
            FOR EACH STATEMENT EXECUTE FUNCTION partnerships_listing_of_fresh();
        CREATE TRIGGER listing_after_update AFTER UPDATE ON {table}
            REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
            FOR EACH STATEMENT EXECUTE FUNCTION partnerships_listing_of_changed();
        CREATE TRIGGER listing_after_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS stale
            FOR EACH STATEMENT EXECUTE FUNCTION partnerships_listing_of_stale();
    """


#: Units above a place, as far up as a city district needs to find its raion.
UNITS = """
    LEFT JOIN places_place a1 ON a1.id = place.parent_id
    LEFT JOIN places_place a2 ON a2.id = a1.parent_id
    LEFT JOIN places_place a3 ON a3.id = a2.parent_id
"""

CREATE = f"""
-- Brings the list up to date for these partnerships: what stands in their own rows, and what follows from their parties,
-- the places and bodies behind them, and their agreements.
CREATE FUNCTION partnerships_list(partnerships bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever changes the same record at the same time waits here, and then sees what the first one did.
    PERFORM 1 FROM partnerships_partnership WHERE id = ANY (partnerships) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO partnerships_listing (
        partnership_id, number, visibility, kind, status, status_date, status_earliest, status_latest, evidence,
        programme_id, legal_kinds, oblasts, raions, hromadas, countries, name_uk, name_en, country_uk, country_en
    )
    SELECT
        p.id, p.number, p.visibility, p.kind, p.status, p.status_date, p.status_earliest, p.status_latest, p.evidence,
        p.programme_id,
        coalesce((
            SELECT array_agg(DISTINCT a.legal_kind ORDER BY a.legal_kind) FROM partnerships_agreement a
            WHERE a.partnership_id = p.id
        ), '{{}}'),
        coalesce(sides.oblasts, '{{}}'), coalesce(sides.raions, '{{}}'), coalesce(sides.hromadas, '{{}}'),
        coalesce(sides.countries, '{{}}'),
        sides.names_uk[1], sides.names_en[1], sides.countries_uk[1], sides.countries_en[1]
    FROM partnerships_partnership p
    CROSS JOIN LATERAL (
        SELECT
            array_agg(DISTINCT one.oblast ORDER BY one.oblast) FILTER (WHERE one.oblast IS NOT NULL) AS oblasts,
            array_agg(DISTINCT one.raion ORDER BY one.raion) FILTER (WHERE one.raion IS NOT NULL) AS raions,
            array_agg(DISTINCT one.hromada ORDER BY one.hromada) FILTER (WHERE one.hromada IS NOT NULL) AS hromadas,
            array_agg(DISTINCT one.country ORDER BY one.country) FILTER (WHERE one.country IS NOT NULL) AS countries,
            array_agg(one.name_uk ORDER BY one.position, one.id) FILTER (WHERE one.side = 'ua') AS names_uk,
            array_agg(one.name_en ORDER BY one.position, one.id) FILTER (WHERE one.side = 'ua') AS names_en,
            array_agg(one.country_uk ORDER BY one.position, one.id) FILTER (WHERE one.side = 'foreign') AS countries_uk,
            array_agg(one.country_en ORDER BY one.position, one.id) FILTER (WHERE one.side = 'foreign') AS countries_en
        FROM (
            SELECT
                party.id, party.side, party.position,
                CASE WHEN party.side = 'ua' THEN place.oblast_id END AS oblast,
                CASE WHEN party.side = 'ua' THEN
                    CASE 'raion'
                        WHEN place.level THEN place.id WHEN a1.level THEN a1.id
                        WHEN a2.level THEN a2.id WHEN a3.level THEN a3.id
                    END
                END AS raion,
                CASE WHEN party.side = 'ua' THEN
                    CASE
                        WHEN place.level IN ('hromada', 'special_city') THEN place.id
                        WHEN a1.level IN ('hromada', 'special_city') THEN a1.id
                        WHEN a2.level IN ('hromada', 'special_city') THEN a2.id
                    END
                END AS hromada,
                CASE WHEN party.side = 'foreign' THEN place.country_id END AS country,
                -- A hromada goes by its centre, a party without a place by its body.
                coalesce(
                    CASE WHEN place.level = 'hromada' THEN nullif(centre.sort_uk, '') END,
                    nullif(place.sort_uk, ''), nullif(place.sort_en, ''),
                    nullif(core_sort_key(body.name_uk), ''), nullif(core_sort_key(body.name_en), ''),
                    nullif(core_sort_key(body.name_own), '')
                ) AS name_uk,
                coalesce(
                    CASE WHEN place.level = 'hromada' THEN nullif(centre.sort_en, '') END,
                    nullif(place.sort_en, ''), nullif(place.sort_uk, ''),
                    nullif(core_sort_key(body.name_en), ''), nullif(core_sort_key(body.name_uk), ''),
                    nullif(core_sort_key(body.name_own), '')
                ) AS name_en,
                country.sort_uk AS country_uk, country.sort_en AS country_en
            FROM partnerships_party party
            LEFT JOIN partnerships_body body ON body.id = party.body_id
            LEFT JOIN places_place place ON place.id = party.place_id
            LEFT JOIN places_place centre ON centre.id = place.centre_id
            LEFT JOIN places_place country ON country.iso2 = place.country_id
            {UNITS}
            WHERE party.partnership_id = p.id
        ) AS one
    ) AS sides
    WHERE p.id = ANY (partnerships)
    ON CONFLICT (partnership_id) DO UPDATE SET
        visibility = excluded.visibility, kind = excluded.kind, status = excluded.status,
        status_date = excluded.status_date, status_earliest = excluded.status_earliest,
        status_latest = excluded.status_latest, evidence = excluded.evidence, programme_id = excluded.programme_id,
        legal_kinds = excluded.legal_kinds, oblasts = excluded.oblasts, raions = excluded.raions,
        hromadas = excluded.hromadas, countries = excluded.countries, name_uk = excluded.name_uk,
        name_en = excluded.name_en, country_uk = excluded.country_uk, country_en = excluded.country_en
    WHERE partnerships_listing IS DISTINCT FROM excluded;
END
$$;

CREATE FUNCTION partnerships_listing_of_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM partnerships_listing WHERE partnership_id = OLD.id;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        UPDATE partnerships_listing SET
            visibility = NEW.visibility, kind = NEW.kind, status = NEW.status, status_date = NEW.status_date,
            status_earliest = NEW.status_earliest, status_latest = NEW.status_latest, evidence = NEW.evidence,
            programme_id = NEW.programme_id
        WHERE partnership_id = NEW.id;
    END IF;
    IF TG_OP = 'INSERT' OR NOT FOUND THEN
        PERFORM partnerships_list(ARRAY[NEW.id]);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER listing_of_record AFTER INSERT OR UPDATE OF
    visibility, kind, status, status_date, evidence, programme_id
    ON partnerships_partnership FOR EACH ROW EXECUTE FUNCTION partnerships_listing_of_record();
CREATE TRIGGER listing_of_deleted BEFORE DELETE
    ON partnerships_partnership FOR EACH ROW EXECUTE FUNCTION partnerships_listing_of_record();

-- Once a statement of SQL, for the partnerships of all rows that it wrote.
CREATE FUNCTION partnerships_listing_of_fresh() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM partnerships_list(array_agg(DISTINCT partnership_id)) FROM fresh;
    RETURN NULL;
END
$$;
CREATE FUNCTION partnerships_listing_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM partnerships_list(array_agg(partnership_id)) FROM (
        SELECT partnership_id FROM stale UNION SELECT partnership_id FROM fresh
    ) AS touched;
    RETURN NULL;
END
$$;
CREATE FUNCTION partnerships_listing_of_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM partnerships_list(array_agg(DISTINCT partnership_id)) FROM stale;
    RETURN NULL;
END
$$;
{_of_rows("partnerships_party")}
{_of_rows("partnerships_agreement")}

-- A place that is renamed or moved changes the keys of its own records and of those of places that are called by it or
-- lie in it.
CREATE FUNCTION partnerships_listing_of_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    SELECT array_agg(fresh.id) INTO changed FROM fresh JOIN stale USING (id)
    WHERE (fresh.name_uk, fresh.name_en, fresh.level, fresh.country_id, fresh.parent_id, fresh.oblast_id,
            fresh.centre_id)
        IS DISTINCT FROM
            (stale.name_uk, stale.name_en, stale.level, stale.country_id, stale.parent_id, stale.oblast_id,
            stale.centre_id);
    IF changed IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM partnerships_list(array_agg(DISTINCT party.partnership_id))
    FROM partnerships_party party
    JOIN places_place place ON place.id = party.place_id
    JOIN places_place country ON country.iso2 = place.country_id
    {UNITS}
    WHERE ARRAY[place.id, place.centre_id, a1.id, a2.id, a3.id] && changed
        OR (party.side = 'foreign' AND country.id = ANY (changed));
    RETURN NULL;
END
$$;
CREATE TRIGGER listing_of_places AFTER UPDATE ON places_place
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION partnerships_listing_of_places();

CREATE FUNCTION partnerships_listing_of_bodies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM partnerships_list(array_agg(DISTINCT party.partnership_id))
    FROM partnerships_party party
    WHERE party.body_id IN (
        SELECT id FROM fresh JOIN stale USING (id)
        WHERE (fresh.name_uk, fresh.name_en, fresh.name_own)
            IS DISTINCT FROM (stale.name_uk, stale.name_en, stale.name_own)
    );
    RETURN NULL;
END
$$;
CREATE TRIGGER listing_of_bodies AFTER UPDATE ON partnerships_body
    REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION partnerships_listing_of_bodies();
"""  # noqa: S608  constants only

DROP = """
DROP TRIGGER listing_of_bodies ON partnerships_body;
DROP TRIGGER listing_of_places ON places_place;
DROP TRIGGER listing_after_delete ON partnerships_agreement;
DROP TRIGGER listing_after_update ON partnerships_agreement;
DROP TRIGGER listing_after_insert ON partnerships_agreement;
DROP TRIGGER listing_after_delete ON partnerships_party;
DROP TRIGGER listing_after_update ON partnerships_party;
DROP TRIGGER listing_after_insert ON partnerships_party;
DROP TRIGGER listing_of_deleted ON partnerships_partnership;
DROP TRIGGER listing_of_record ON partnerships_partnership;
DROP FUNCTION partnerships_listing_of_bodies();
DROP FUNCTION partnerships_listing_of_places();
DROP FUNCTION partnerships_listing_of_stale();
DROP FUNCTION partnerships_listing_of_changed();
DROP FUNCTION partnerships_listing_of_fresh();
DROP FUNCTION partnerships_listing_of_record();
DROP FUNCTION partnerships_list(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0007_batch_progress"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="listing",
                        serialize=False,
                        to="partnerships.partnership",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "visibility",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("partnership", "partnership (twinning)"),
                            ("solidarity", "solidarity partnership"),
                            ("friendship", "friendship"),
                            ("project", "project partnership"),
                            ("contact", "contact"),
                            ("cooperation", "cooperation agreement"),
                            ("memorandum", "memorandum"),
                            ("unknown", "kind unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("announced", "announced"),
                            ("approved", "approved by the ministry"),
                            ("decided", "decided"),
                            ("signed", "signed"),
                            ("registered", "registered"),
                            ("suspended", "suspended"),
                            ("ended", "ended"),
                            ("unknown", "listed, status unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                ("status_date", models.CharField(blank=True, max_length=32)),
                ("status_earliest", models.DateField(null=True)),
                ("status_latest", models.DateField(null=True)),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "official act or register"),
                            ("B", "own site of a party"),
                            ("C", "list or portal of a state or an association"),
                            ("D", "media"),
                            ("E", "open list without evidence"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "legal_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                (
                    "oblasts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "raions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "hromadas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), default=list, size=None
                    ),
                ),
                ("name_uk", models.TextField(db_collation="C", null=True)),
                ("name_en", models.TextField(db_collation="C", null=True)),
                ("country_uk", models.TextField(db_collation="C", null=True)),
                ("country_en", models.TextField(db_collation="C", null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partnerships.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of the list",
                "verbose_name_plural": "rows of the list",
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="standing",
            name="listing",
            field=models.ForeignObject(
                from_fields=["partnership"],
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="standings",
                to="partnerships.listing",
                to_fields=["partnership"],
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                models.OrderBy(models.F("status_latest"), descending=True, nulls_last=True),
                models.F("number"),
                condition=models.Q(("visibility", "published")),
                name="listing_latest",
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="status_earliest",
            field=models.GeneratedField(
                db_persist=True,
                expression=core.fields.EdtfEarliest("status_date"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="status_latest",
            field=models.GeneratedField(
                db_persist=True,
                expression=core.fields.EdtfLatest("status_date"),
                output_field=models.DateField(null=True),
            ),
        ),
        # Triggers of places stand here, because places know nothing of partnerships.
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(
            "SELECT partnerships_list(array_agg(id)) FROM partnerships_partnership", migrations.RunSQL.noop
        ),
    ]
