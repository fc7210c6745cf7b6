"""What one transaction changed is found without reading the whole history."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["transaction_id"], name="audit_by_transaction", pages_per_range=16
            ),
        ),
    ]
