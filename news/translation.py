"""Fields that exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from news.models import NewsItem, ReusableNote, Tag


@register(Tag)
class TagTranslation(TranslationOptions):
    fields = ("name",)


@register(ReusableNote)
class ReusableNoteTranslation(TranslationOptions):
    fields = ("title", "body")


@register(NewsItem)
class NewsItemTranslation(TranslationOptions):
    fields = ("title", "lead", "body", "author_body")
