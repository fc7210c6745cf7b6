"""What the facets count and the first page shows, from indexes alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0010_columns_in_order"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_latest",
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                models.OrderBy(models.F("status_latest"), descending=True, nulls_last=True),
                models.F("number"),
                models.F("partnership"),
                condition=models.Q(("visibility", "published")),
                name="listing_by_date",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("visibility", "published")),
                fields=["kind", "status", "evidence", "programme", "legal_kinds"],
                name="listing_by_codes",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("visibility", "published")), fields=["oblasts"], name="listing_by_oblasts"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("visibility", "published")),
                fields=["countries"],
                name="listing_by_countries",
            ),
        ),
    ]
