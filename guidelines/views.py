"""The Guidelines: the chapters of the current edition, and one chapter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.languages import LANGUAGES, current_language, in_language, languages_of
from guidelines.enums import Audience, ReviewState
from guidelines.filters import ChapterFilter
from guidelines.models import Chapter, Credit, Edition


def chapter_list(request: HttpRequest) -> HttpResponse:
    chosen = ChapterFilter(request.GET, Chapter.objects.public().in_order())
    context = {
        "edition": Edition.objects.current(),
        "chapters": chosen.qs,
        "chosen": chosen.chosen,
        "complaints": chosen.complaints(),
        "audiences": Audience.choices,
        "credits": Credit.objects.all(),
        "crumbs": [(_("Guidelines"), "")],
    }
    return render(request, "guidelines/chapter_list.html", context)


def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Chapter.objects.public().with_sections(), slug=slug)
    return render(request, "guidelines/chapter.html", chapter_context(found))


def chapter_context(chapter: Chapter) -> dict[str, Any]:
    """What `guidelines/chapter.html` shows of a chapter loaded `with_sections()`, public or in preview."""
    sections = list(chapter.sections.all())
    title = in_language(chapter, "title")
    wanted = current_language()
    return {
        "chapter": chapter,
        "edition": chapter.edition,
        "title": title,
        "sections": sections,
        "is_draft": chapter.review_state == ReviewState.DRAFT,
        # Sections that readers of this language get in the other one.
        "other_language": next(
            (
                language
                for language in LANGUAGES
                if language != wanted
                and any(languages_of(section, "body") == (language,) for section in sections)
            ),
            "",
        ),
        "previous": Chapter.objects.before(chapter),
        "next": Chapter.objects.after(chapter),
        "crumbs": [(_("Guidelines"), reverse("guidelines:list")), (title.text, "")],
    }
