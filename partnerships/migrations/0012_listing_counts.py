"""What the facets count, in two generated texts with an index each."""

from django.db import migrations, models

# Declared immutable, which they are for these types; the built-in functions are not, for others have settings.
CREATE = """
CREATE FUNCTION partnerships_codes(kind text, status text, evidence text, programme bigint, legal_kinds text[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT concat_ws('/', kind, status, evidence, coalesce(programme::text, ''), array_to_string(legal_kinds, ','))
$$;

CREATE FUNCTION partnerships_units(oblasts bigint[], countries text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT concat_ws('/', array_to_string(oblasts, ','), array_to_string(countries, ','))
$$;
"""

DROP = """
DROP FUNCTION partnerships_units(bigint[], text[]);
DROP FUNCTION partnerships_codes(text, text, text, bigint, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0011_listing_indexes"),
    ]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_by_codes",
        ),
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_by_oblasts",
        ),
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_by_countries",
        ),
        migrations.AddField(
            model_name="listing",
            name="codes",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "kind", "status", "evidence", "programme", "legal_kinds", function="partnerships_codes"
                ),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="units",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("oblasts", "countries", function="partnerships_units"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("visibility", "published")), fields=["codes"], name="listing_of_codes"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("visibility", "published")), fields=["units"], name="listing_of_units"
            ),
        ),
    ]
