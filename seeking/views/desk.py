"""The desk's pages of cards: an officer writes, publishes, renews and takes back the hromada's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import is_registrar
from core.history import attributed
from places.models import Place
from search.indexing import reindex
from seeking.enums import CardState
from seeking.forms import CardForm
from seeking.models import SeekingCard
from seeking.publishing import NotPossible, missing, publish, take_back


@never_cache
@login_required
def cards(request: HttpRequest) -> HttpResponse:
    """The cards of the officer's hromadas, and the hromadas that have none."""
    user, today = _user(request), timezone.localdate()
    mine = list(SeekingCard.objects.editable_by(user, today).live().with_hromada().newest_first()[:200])
    with_card = {card.hromada_id for card in mine}
    hromadas = Place.objects.filter(pk__in=user.memberships.in_force(today).values("hromada")).with_context()
    context = {
        "cards": [(card, card.holds_on(today), card.has_lapsed(today)) for card in mine],
        "without": [place for place in hromadas.order_by("sort_uk", "pk") if place.pk not in with_card],
        "is_registrar": is_registrar(user),
    }
    return render(request, "seeking/desk_cards.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_card(request: HttpRequest, katottg: str) -> HttpResponse:
    user, today = _user(request), timezone.localdate()
    hromada = get_object_or_404(Place.objects.current().hromadas().with_context(), katottg=katottg)
    if not is_registrar(user) and not user.memberships.in_force(today).filter(hromada=hromada).exists():
        raise Http404
    live = SeekingCard.objects.live().filter(hromada=hromada)
    if not live.exists():
        try:
            return _edit(request, SeekingCard(hromada=hromada, written_by=user))
        except IntegrityError:  # somebody else began one at the same moment
            pass
    card = live.with_hromada().get()
    if request.method == "POST":
        # What was typed for a new card stands beside the one that somebody else has begun.
        return _edit(request, card)
    return HttpResponseRedirect(reverse("desk:seeking_card", args=[card.pk]))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_card(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _card(request, pk))


@never_cache
@login_required
@require_POST
def renew_card(request: HttpRequest, pk: int) -> HttpResponse:
    card = _card(request, pk)
    _publish(request, card)
    return HttpResponseRedirect(reverse("desk:seeking_card", args=[card.pk]))


@never_cache
@login_required
@require_POST
def take_card_back(request: HttpRequest, pk: int) -> HttpResponse:
    take_back(_card(request, pk), _user(request))
    messages.success(request, _("The card is taken back. Its address says so."))
    return HttpResponseRedirect(reverse("desk:seeking"))


def _edit(request: HttpRequest, card: SeekingCard) -> HttpResponse:
    typed = request.POST.copy() if request.method == "POST" else None
    form = CardForm(typed, instance=card)
    overtaken = None
    if typed is not None and form.is_valid():
        saved = _saved(request, form)
        if saved is None:
            # What the other wrote is shown beside; what was typed stays in the form for a second saving.
            overtaken = SeekingCard.objects.get(pk=card.pk)
            typed["read_at"] = overtaken.updated_at.isoformat()
        else:
            if "publish" in request.POST and not _missing(form, saved):
                _publish(request, saved)
                return HttpResponseRedirect(reverse("desk:seeking_card", args=[saved.pk]))
            if "publish" not in request.POST:
                messages.success(request, _("The card is saved."))
                return HttpResponseRedirect(reverse("desk:seeking_card", args=[saved.pk]))
            typed["read_at"] = saved.updated_at.isoformat()
    today = timezone.localdate()
    context = {
        "form": form,
        "card": card,
        "overtaken": overtaken,
        "holds": card.holds_on(today),
        "lapsed": card.has_lapsed(today),
        "is_draft": card.state == CardState.DRAFT,
    }
    return render(request, "seeking/desk_card.html", context, status=422 if form.errors or overtaken else 200)


def _saved(request: HttpRequest, form: CardForm) -> SeekingCard | None:
    """The card as it is saved; none where somebody else has saved it since the form was opened."""
    with attributed(_user(request), "card written"):
        if form.was_overtaken():
            return None
        saved = form.save()
        reindex(saved)
    return saved


def _missing(form: CardForm, card: SeekingCard) -> bool:
    """Tell beside the fields what a card needs before it can be shown; it is saved as it is."""
    for field, sentence in missing(card):
        form.add_error(field, sentence)
    return bool(form.errors)


def _publish(request: HttpRequest, card: SeekingCard) -> None:
    try:
        shown = publish(card, _user(request), timezone.localdate())
    except NotPossible as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return
    assert shown.valid_until is not None
    day = f"{shown.valid_until:%d.%m.%Y}"
    messages.success(request, _("The card is public until %(day)s. Renew it before then.") % {"day": day})


def _card(request: HttpRequest, pk: int) -> SeekingCard:
    """A live card that the user may write; to anybody else it does not exist."""
    editable = SeekingCard.objects.editable_by(_user(request), timezone.localdate())
    return get_object_or_404(editable.live().with_hromada(), pk=pk)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
