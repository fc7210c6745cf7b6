"""Headers of an import stand in the order of its file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0009_span_of_a_decision"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importbatch",
            name="columns",
            field=models.JSONField(default=list, verbose_name="columns"),
        ),
    ]
