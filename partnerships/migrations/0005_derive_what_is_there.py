"""Derive standings and differences of records that are there, and find the history of a record by its number."""

from django.db import migrations

# Rows of parties, milestones, agreements, statements and rulings belong to a record by their `partnership_id`.
INDEX = """
CREATE INDEX audit_by_partnership ON core_auditentry
    (((coalesce(after, before) ->> 'partnership_id')::bigint), id DESC)
    WHERE coalesce(after, before) ->> 'partnership_id' IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_initial"),
        ("partnerships", "0004_batches_rulings_and_derived_tables"),
    ]
    operations = [
        migrations.RunSQL(
            "SELECT count(partnerships_derive(id)) FROM partnerships_partnership",
            "DELETE FROM partnerships_standing; DELETE FROM partnerships_difference",
        ),
        migrations.RunSQL(INDEX, "DROP INDEX audit_by_partnership"),
    ]
