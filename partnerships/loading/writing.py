"""Writes what accepted rows state: partnerships with their parties, and the statements of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from partnerships.enums import Fact, Kind
from partnerships.loading.claims import Assertion, Claim
from partnerships.loading.hands import touched, written_by_hand
from partnerships.loading.life_line import LifeLine, strength
from partnerships.loading.pairs import Pairs, parties_of
from partnerships.loading.report import Report
from partnerships.loading.revising import bring_back
from partnerships.models import Agreement, Milestone, Partnership, Party, Programme, Source, Statement

_BATCH = 1000


@dataclass
class Writer:
    """Collects statements by partnership and writes them together."""

    sources: dict[str, Source]
    bodies: dict[str, int]
    programmes: dict[str, Programme]
    #: Programme to which a source's partnerships belong.
    programme_of_source: dict[str, str]
    report: Report
    #: What is said of each record, by its key in `Pairs`.
    claims: dict[int, list[Claim]] = field(default_factory=dict)

    def add(self, key: int, claim: Claim) -> None:
        self.claims.setdefault(key, []).append(claim)

    def write(self, pairs: Pairs) -> None:
        """Write the records that something is said of, their parties, agreements, milestones and statements,
        then settle the dates."""
        said = [(pairs.record(key), claims) for key, claims in self.claims.items()]
        new = [(pairs.record(key), pairs.new[key]) for key in self.claims if key in pairs.new]
        for record, claims in said:
            if record.pk is None:
                self._describe(record, claims)
        Partnership.objects.bulk_create([record for record, _newcomer in new], batch_size=_BATCH)
        Party.objects.bulk_create(parties_of(new), batch_size=_BATCH)
        self.report.written["partnerships"] += len(new)
        made = {record.pk for record, _newcomer in new}
        known = [(record, claims) for record, claims in said if record.pk not in made]
        lines = self._life_lines([record for record, _claims in said], made)
        for record, claims in said:
            lines[record.pk].add_all([one for claim in claims for one in claim.assertions])
        self._save(lines)
        self._update_known(known)
        bring_back(record for record, _claims in known)

    def _describe(self, partnership: Partnership, claims: list[Claim]) -> None:
        """Set what a record says of itself beside its milestones, as far as it is blank."""
        said = [assertion for claim in claims for assertion in claim.assertions]
        slugs = [claim.programme for claim in claims if claim.programme]
        slugs += [
            self.programme_of_source[one.source] for one in said if one.source in self.programme_of_source
        ]
        if slugs and partnership.programme is None:
            partnership.programme = self.programmes[slugs[0]]
        for claim in claims:
            partnership.why_uk = partnership.why_uk or claim.why_uk
            partnership.why_en = partnership.why_en or claim.why_en
        if partnership.pk is None:
            partnership.listed_kind = self._strongest_kind(said)

    def _strongest_kind(self, said: list[Assertion]) -> str:
        kinds = [
            (one.grade or self.sources[one.source].grade, order, one.value)
            for order, one in enumerate(said)
            if one.fact == Fact.KIND
        ]
        return min(kinds)[2] if kinds else Kind.UNKNOWN

    def _life_lines(self, records: list[Partnership], made: set[int]) -> dict[int, LifeLine]:
        lines = {record.pk: LifeLine(record, self.sources, self.bodies) for record in records}
        keys = [record.pk for record in records if record.pk not in made]
        agreements = {one.pk: one for one in Agreement.objects.filter(partnership__in=keys).order_by("pk")}
        milestones = {one.pk: one for one in Milestone.objects.filter(partnership__in=keys).order_by("pk")}
        for agreement in agreements.values():
            lines[agreement.partnership_id].agreements.append(agreement)
        by_hand = touched(Milestone, milestones)
        for milestone in milestones.values():
            line = lines[milestone.partnership_id]
            milestone.agreement = agreements.get(milestone.agreement_id or 0)
            line.milestones.append(milestone)
            line.by_hand |= by_hand & {milestone.pk}
        for statement in Statement.objects.filter(partnership__in=keys).select_related("source"):
            statement.milestone = milestones.get(statement.milestone_id or 0)
            statement.agreement = agreements.get(statement.agreement_id or 0)
            lines[statement.partnership_id].statements.append(statement)
        return lines

    def _save(self, lines: dict[int, LifeLine]) -> None:
        written = self.report.written
        agreements = [one for line in lines.values() for one in line.agreements if one.pk is None]
        Agreement.objects.bulk_create(agreements, batch_size=_BATCH)
        written["agreements"] += len(agreements)
        written["milestones"] += self._save_milestones(lines.values())
        statements = [one for line in lines.values() for one in line.statements if one.pk is None]
        Statement.objects.bulk_create(statements, batch_size=_BATCH)
        written["statements"] += len(statements)
        settle_dates(lines.values())

    def _save_milestones(self, lines: Iterable[LifeLine]) -> int:
        milestones = [one for line in lines for one in line.milestones if one.pk not in line.by_hand]
        new = [one for one in milestones if one.pk is None]
        known = [one for one in milestones if one.pk is not None]
        Milestone.objects.bulk_create(new, batch_size=_BATCH)
        columns = ["mode", "announced_on", "kind", "note_uk", "note_en", "agreement", "body"]
        Milestone.objects.bulk_update(known, columns, batch_size=_BATCH)
        return len(new)

    def _update_known(self, known: list[tuple[Partnership, list[Claim]]]) -> None:
        """Programme and text of known records where they are blank, and the kind where no person wrote it."""
        keys = [partnership.pk for partnership, _claims in known]
        kinds: dict[int, str] = {}
        stated = Statement.objects.filter(partnership__in=keys, fact=Fact.KIND).order_by("grade", "pk")
        for pk, kind in stated.values_list("partnership_id", "value"):
            kinds.setdefault(pk, kind)
        by_hand = {
            column: written_by_hand(Partnership, column, keys)
            for column in ("listed_kind", "programme_id", "why_uk", "why_en")
        }
        for partnership, claims in known:
            before = (
                partnership.programme_id,
                partnership.why_uk,
                partnership.why_en,
                partnership.listed_kind,
            )
            self._describe(partnership, claims)
            partnership.listed_kind = kinds.get(partnership.pk, partnership.listed_kind)
            after = (
                partnership.programme_id,
                partnership.why_uk,
                partnership.why_en,
                partnership.listed_kind,
            )
            columns = ("programme_id", "why_uk", "why_en", "listed_kind")
            changed = {
                column: value
                for column, was, value in zip(columns, before, after, strict=True)
                if was != value and partnership.pk not in by_hand[column]
            }
            if changed:
                Partnership.objects.filter(pk=partnership.pk).update(**changed)


def settle_dates(lines: Iterable[LifeLine]) -> None:
    """Let each milestone that no person touched follow the strongest statement of its date."""
    changed = []
    for line in lines:
        dated: dict[int, list[Statement]] = defaultdict(list)
        for statement in line.statements:
            if statement.fact == Fact.DATE and statement.milestone is not None:
                dated[statement.milestone.pk].append(statement)
        for milestone in line.milestones:
            stated = dated.get(milestone.pk)
            if not stated or milestone.pk in line.by_hand:
                continue
            best = min(stated, key=lambda one: (*strength(one.grade, one.value), one.pk))
            if milestone.follows_id != best.pk:
                milestone.follows_id = best.pk
                changed.append(milestone)
    Milestone.objects.bulk_update(changed, ["follows"], batch_size=_BATCH)
