"""Where a community officer begins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import User
from partnerships.models import Partnership
from places.models import Place


@never_cache
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The officer's hromadas and their records, drafts among them."""
    user = request.user
    assert isinstance(user, User)
    today = timezone.localdate()
    hromadas = (
        Place.objects.filter(pk__in=user.memberships.in_force(today).values("hromada"))
        .with_context()
        .order_by("sort_uk", "pk")
    )
    records = (
        Partnership.objects.of_officer(user, on=today).with_parties().with_open_announcements().latest_first()
    )
    return render(request, "portal/desk.html", {"hromadas": hromadas, "records": records})


@never_cache
@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Staff go to the admin, officers to the desk."""
    user = request.user
    assert isinstance(user, User)
    return HttpResponseRedirect(reverse("admin:index") if user.is_staff else reverse("desk:home"))
