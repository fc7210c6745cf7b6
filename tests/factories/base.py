"""The factory that all others are made of."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from factory.django import DjangoModelFactory

T = TypeVar("T", bound=models.Model)


class ModelFactory(DjangoModelFactory[T]):
    """Calling it makes and saves an object of the model in its brackets."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        # The metaclass of factory_boy gives the model's object; its types speak of an object of the factory.
        def __new__(cls, **values: Any) -> T: ...  # type: ignore[misc]
