# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import string

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .leak_worlds import (
    DAY_PATHS,
    INTEREST_PATHS,
    LEAST_PROBES,
    NOTE_PATHS,
    SECRET_FIELDS,
    Worlds,
)


@tagged("post_install", "-at_install")
class TestMemoryLeaks(Worlds):
    """T5: what was told in confidence cannot be inferred, by anybody, in any way."""

    def world(self, **values):
        """A world in which Mary told the author something."""

        def build():
            return self.memory(
                user=self.author, sensitivity="confidence", date="2026-02-02", **values
            )

        return build

    def worlds(self):
        ill = {"text": "Is ill, in secret", "kind": "family"}
        sells = {
            "text": "Wants to sell the firm",
            "kind": "other",
            "sharing_ids": self.helpers[0].ids,
        }
        return [
            self.world(**ill, sharing_ids=self.helpers[1].ids),
            self.world(**sells),
        ]

    def note_probes(self):
        conditions = list(self._note_conditions(string.ascii_lowercase[:24:5]))
        return {
            **self._probe_domains(NOTE_PATHS, conditions),
            **self._probe_groups("trust.memory", SECRET_FIELDS),
            **self._probe_groups("res.partner", ["trust_memory_ids"]),
            **self._probe_record("trust.memory", "text"),
            **self._probe_names("trust.memory", string.ascii_lowercase[::2]),
            **self._probe_elsewhere(),
        }

    def nothing(self):
        """A world in which nothing was told that is still there: only the facts are."""
        note = self.memory(user=self.author, text="Nothing much")
        note.with_user(self.author)._forget()
        self.worlds()[1]()._forget()
        return note

    def test_what_was_told(self):
        """T5, H4: 500 probes and more by four users: not what was told; nor, by a
        search, whether the note is still there.

        That a number is taken Odoo tells of any record: those probes are left out of
        the second comparison.
        """
        probes, users = self.note_probes(), self.probers()
        asked = self.assertNoBit(self.worlds(), probes, users, LEAST_PROBES)
        numbered = self._probe_record("trust.memory", "text").keys()
        rest = {name: p for name, p in probes.items() if name not in numbered}
        gone = self.ask(self.nothing, rest, users)
        self.assertFalse({key for key in gone if gone[key] != asked[key]})

    def test_the_probes_can_see(self):
        """T5: asked by somebody on the list, the same probes tell the worlds apart."""
        probes = self.note_probes()
        answers = [self.ask(w, probes, self.author) for w in self.worlds()]
        told = [key for key in answers[0] if answers[0][key] != answers[1][key]]
        self.assertGreater(len(told), 50)


@tagged("post_install", "-at_install")
class TestPersonalLeaks(Worlds):
    """T5: days and interests, for those without the group; and of whom no ground
    stands, for everybody."""

    def world(self, day, month, year, words, withdraw=False):
        def build():
            self.ground(self.hidden)
            occasion = self.occasion(
                self.hidden, day=day, month=month, year=year, name=f"Day of {words}"
            )
            self.hidden.write({"trust_interest_ids": words.ids})
            if withdraw:
                self.hidden.trust_consent_ids.action_withdraw()
            return occasion

        return build

    def worlds(self, **options):
        return [
            self.world(4, 3, 1980, self.sailing, **options),
            self.world(9, 9, 1955, self.chess, **options),
        ]

    def probes(self):
        fields = ("day", "month", "year", "kind", "next_date", "name", "remind_date")
        days = [
            ("day", "=", 4),
            ("day", "<", 5),
            ("month", "=", 9),
            ("year", ">", 1960),
        ]
        days += [("name", "ilike", word) for word in ("sail", "chess", "interest")]
        days += [("next_date", ">", f"2026-{month:02}-15") for month in range(1, 13)]
        words = [("name", "ilike", "sail"), ("name", "ilike", "chess"), ("id", ">", 0)]
        interests = {m: f"{path}." for m, path in INTEREST_PATHS.items()}
        return {
            **self._probe_domains(DAY_PATHS, days),
            **self._probe_domains(interests, words),
            **self._probe_groups("trust.occasion", fields),
            **self._probe_groups("res.partner", ["trust_interest_ids"]),
            **self._probe_record("trust.occasion", "day"),
            **self._probe_names("trust.occasion", string.ascii_lowercase),
            **self._probe_elsewhere(),
            "age": lambda e, _s: e["res.partner"].browse(self.hidden.id)._trust_age(),
            "likes": lambda e, _s: (
                e["res.partner"].browse(self.hidden.id).read(["trust_interest_ids"])
            ),
        }

    def test_without_the_group(self):
        """T5: no trace of days and interests outside the group."""
        users = self.outsider
        self.assertNoBit(self.worlds(), self.probes(), users, LEAST_PROBES // 2)

    def test_without_a_ground(self):
        """T5, K11: what is hidden tells nothing to anybody, the same second."""
        worlds = self.worlds(withdraw=True)
        users = self.probers()
        self.assertNoBit(worlds, self.probes(), users, LEAST_PROBES)

    def test_the_probes_can_see(self):
        """T5: on a ground, the salesperson is told by the same probes."""
        answers = [self.ask(w, self.probes(), self.seller) for w in self.worlds()]
        told = [key for key in answers[0] if answers[0][key] != answers[1][key]]
        self.assertGreater(len(told), 50)

    def test_refused_with_an_error(self):
        """T5: who has no right is told so, not given an empty answer."""
        with self.assertRaises(AccessError):
            self.env["trust.memory"].with_user(self.outsider).search([])
