"""The officer's form of a card. A draft may lack anything; publishing asks for the rest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages import current_language
from places.models import Place
from seeking.enums import LANGUAGES, CardState, Topic
from seeking.filters import language_name
from seeking.models import SeekingCard
from seeking.publishing import missing

LONGEST_TEXT = 3000
#: What publishing asks for, so that nobody reads that it is not required; of two texts one is enough.
_ASKED_LATER = (
    *("profile_uk", "profile_en", "seeks_uk", "seeks_en"),
    *("topics", "languages", "contact_email"),
)


def _text(label: Any, language: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "lang": language}),
    )


class CardForm(forms.ModelForm[SeekingCard]):
    """Texts in both languages side by side; foreign towns read the English ones."""

    profile_uk = _text(_("Who we are, in Ukrainian"), "uk")
    profile_en = _text(
        _("Who we are, in English"), "en", _("People, economy, schools, what you are known for.")
    )
    offers_uk = _text(_("What we offer, in Ukrainian"), "uk")
    offers_en = _text(_("What we offer, in English"), "en")
    seeks_uk = _text(_("Whom and what we seek, in Ukrainian"), "uk")
    seeks_en = _text(
        _("Whom and what we seek, in English"), "en", _("What kind of town, for what, with what first step.")
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which you write"), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries you would like"),
        help_text=_("None chosen: partners from every country are welcome."),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    contact_office = forms.CharField(
        label=_("Office or position"),
        help_text=_("Everybody sees it. Name an office rather than a person."),
        required=False,
        max_length=200,
    )
    contact_email = forms.EmailField(
        label=_("E-mail for partners"),
        help_text=_("Everybody sees it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    contact_phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    #: The moment at which the card was read, to notice that somebody else saved meanwhile.
    read_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = SeekingCard
        fields = (
            *("profile_uk", "profile_en", "offers_uk", "offers_en", "seeks_uk", "seeks_en", "topics"),
            *("languages", "countries", "contact_office", "contact_email", "contact_phone"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        abroad = Place.objects.current().countries().exclude(iso2="UA").alphabetical(current_language())
        self.fields["countries"].choices = [(place.iso2, str(place.name())) for place in abroad]  # type: ignore[attr-defined]
        self.fields["languages"].choices = [(code, language_name(code)) for code in LANGUAGES]  # type: ignore[attr-defined]
        for name in _ASKED_LATER:
            self.fields[name].asked_later = True  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["read_at"] = self.instance.updated_at.isoformat()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook, which its stubs lack
        if self.instance.state == CardState.PUBLISHED:
            # What everybody sees stays complete.
            for field, sentence in missing(self.instance):
                self.add_error(field, sentence)

    def was_overtaken(self) -> bool:
        """Whether somebody saved the card since this form was opened. Locks it, so that nobody does before
        this form is saved in the same transaction.
        """
        if not self.instance.pk:
            return False
        current = SeekingCard.objects.select_for_update().get(pk=self.instance.pk)
        return self.data.get("read_at") != current.updated_at.isoformat()
