"""Fields that exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from guidelines.models import Chapter, Credit, Edition, Section


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ("title",)


@register(Chapter)
class ChapterTranslation(TranslationOptions):
    fields = ("title", "lead")


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("title", "body")


@register(Credit)
class CreditTranslation(TranslationOptions):
    fields = ("name", "role")
