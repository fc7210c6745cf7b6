"""How far the work on a batch has come, and which stretches of the history it wrote."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0006_place_keeps_its_side"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="spans",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="run",
                        serialize=False,
                        to="partnerships.importbatch",
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("read", "reading and matching"),
                            ("accept", "accepting"),
                            ("revert", "reverting"),
                        ],
                        max_length=8,
                        verbose_name="task",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="rows done")),
                ("total", models.PositiveIntegerField(null=True, verbose_name="rows")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("seen_at", models.DateTimeField(verbose_name="last sign")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("problem", models.CharField(blank=True, max_length=500, verbose_name="problem")),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
            ],
            options={
                "verbose_name": "work on an import",
                "verbose_name_plural": "work on imports",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("task__in", ["read", "accept", "revert"])),
                        name="importrun_task",
                        violation_error_message="This is not one of the codes.",
                    )
                ],
            },
        ),
    ]
