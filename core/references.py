"""What refers to a row of a table, and letting it refer to another row instead: for merging two into one."""

from collections.abc import Iterator

from django.db import IntegrityError, models, transaction


def references_to(target: type[models.Model], *, outside: str) -> Iterator[tuple[type[models.Model], str]]:
    """Each model that refers to `target`, with the column that does, but for models of the app named: the
    caller, who belongs to it, moves those by its own rules."""
    for relation in target._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model = relation.related_model
        if isinstance(model, type) and model._meta.app_label != outside and model._meta.managed:
            yield model, relation.field.attname


def rows_referring(model: type[models.Model], column: str, key: int) -> models.QuerySet[models.Model]:
    return model._base_manager.filter(**{column: key}).order_by("pk")


def repoint(model: type[models.Model], column: str, *, old: int, new: int) -> list[models.Model]:
    """Let rows refer to `new` instead of `old`; one that says of it what another row says already goes.

    :returns: the rows that refer to it now.
    """
    moved = []
    for row in rows_referring(model, column, old):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{column: new})
        except IntegrityError:
            row.delete()
        else:
            moved.append(row)
    return moved
