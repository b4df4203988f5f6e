# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import itertools
import re
import string

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from .memory_common import MemoryCase

NOTE_PATHS = {
    "trust.memory": "",
    "res.partner": "trust_memory_ids.",
    "trust.consent": "partner_id.trust_memory_ids.",
    "trust.occasion": "partner_id.trust_memory_ids.",
    "crm.lead": "partner_id.trust_memory_ids.",
    "res.users": "partner_id.trust_memory_ids.",
}
DAY_PATHS = {
    model: path.replace("trust_memory_ids", "trust_occasion_ids")
    for model, path in NOTE_PATHS.items()
    if model not in ("trust.memory", "trust.occasion")
} | {"trust.occasion": ""}
INTEREST_PATHS = {
    "res.partner": "trust_interest_ids",
    "crm.lead": "partner_id.trust_interest_ids",
    "trust.consent": "partner_id.trust_interest_ids",
}
SECRET_FIELDS = (
    "text",
    "kind",
    "sensitivity",
    "user_id",
    "sharing_ids",
    "evidence_key",
    "lapsed",
    "create_uid",
)
LEAST_PROBES = 500


class Worlds(MemoryCase):
    """Two databases that differ only in the secret: no question may tell them apart.

    Each probe is asked in both worlds, by each user without the right; an answer is
    a value or the error with its words. Equal answers carry no bit.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls._new_user("author", "trust_crm.group_trust_user")
        cls.helpers = [
            cls._new_user(name, "trust_crm.group_trust_user") for name in "pq"
        ]
        system = "base.group_system,base.group_allow_export,base.group_no_one"
        cls.administrator.group_ids += cls.env["res.groups"].browse(
            [cls.env.ref(name).id for name in system.split(",")]
        )
        cls.env["crm.lead"].create({"name": "A lead", "partner_id": cls.person.id})
        cls.memory(text="Likes tea")
        cls.hidden = cls.env["res.partner"].create(
            {"name": "Hilda Hidden", "user_id": cls.seller.id}
        )
        cls.env.cr.flush()

    def probers(self):
        """The salesperson of the person, managers, administrators, the officer."""
        return self.seller | self.manager | self.administrator | self.privacy

    def ask(self, world, probes, users):
        """Build one world, ask everything, and leave no trace of it."""
        answers = {}
        with self.env.cr.savepoint(flush=False) as savepoint:
            secret = world()
            self.env.flush_all()
            for user in users:
                self.env.invalidate_all()  # what somebody else has read
                for name, probe in probes.items():
                    answers[user.login, name] = self.answer(probe, user, secret)
            savepoint.rollback()
        self.env.invalidate_all()
        return answers

    def answer(self, probe, user, secret):
        try:
            with self.env.cr.savepoint():
                found = repr(probe(self.env(user=user.id), secret))
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        # The number of the hidden record is what the question named.
        found = re.sub(rf"\b{secret.id or 0}\b", "<secret>", found)
        return re.sub(r"0x[0-9a-f]+|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", "", found)

    def assertNoBit(self, worlds, probes, users, least=0):
        first, *others = [self.ask(world, probes, users) for world in worlds]
        self.assertGreaterEqual(len(first), least)
        for other in others:
            told = {key for key in first if first[key] != other[key]}
            sample = {key: (first[key], other[key]) for key in sorted(told)[:3]}
            self.assertFalse(told, f"these tell the worlds apart: {sample}")
        return first

    # PROBES

    def _probe_domains(self, paths, conditions):
        """Search, count and filter by each condition, from each model."""
        probes = {}
        for (model, path), (field, operator, value) in itertools.product(
            paths.items(), conditions
        ):
            domain = Domain(f"{path}{field}", operator, value)
            name = f"{model} {path}{field} {operator} {value}"
            probes[f"search {name}"] = lambda env, _s, m=model, d=domain: (
                env[m].search(d, order="id").ids
            )
            probes[f"count {name}"] = lambda env, _s, m=model, d=domain: env[
                m
            ].search_count(~d)
        return probes

    @staticmethod
    def _note_conditions(letters):
        yield from (("text", "=ilike", f"{letter}%") for letter in letters)
        for text in ("ill", "sell", "firm", "Secret"):
            yield "text", "ilike", text
        for kind in ("family", "other", "met"):
            yield "kind", "=", kind
        yield from (
            ("sensitivity", "=", "confidence"),
            ("sensitivity", "!=", "normal"),
            ("sharing_ids", "!=", False),
            ("sharing_ids.login", "ilike", "trust_p"),
            ("sharing_ids.login", "ilike", "trust_q"),
            ("user_id.login", "ilike", "author"),
            ("create_uid.login", "ilike", "author"),
            ("evidence_key", "!=", False),
            ("lapsed", "=", False),
            ("display_name", "ilike", "family"),
            ("date", ">=", "2026-01-01"),
            ("id", ">", 0),
        )

    def _probe_groups(self, model, names, about=()):
        probes = {}
        for field in names:
            for spec in (field, f"{field}:month"):
                probes[f"group {model} {spec}"] = lambda env, _s, f=spec: env[
                    model
                ]._read_group(list(about), [f], ["__count"])
                probes[f"web group {model} {spec}"] = lambda env, _s, f=spec: env[
                    model
                ].formatted_read_group(list(about), [f], ["__count"])
            for how in ("array_agg", "min", "max", "count_distinct", "sum", "bool_or"):
                probes[f"{how} {model} {field}"] = lambda env, _s, a=f"{field}:{how}": (
                    env[model]._read_group(list(about), [], [a])
                )
            probes[f"having {model} {field}"] = lambda env, _s, f=field: env[
                model
            ]._read_group(list(about), [f], ["__count"], having=[("__count", ">", 0)])
            for order in (f"{field} asc", f"{field} desc"):
                probes[f"order {model} {order}"] = lambda env, _s, o=order: (
                    env[model].search(list(about), order=o).ids
                )
        return probes

    def _probe_record(self, model, field):
        """Everything a client may call on a record whose number it guessed."""

        def one(env, secret):
            return env[model].browse(secret.id)

        spec = {field: {}, "display_name": {}, "partner_id": {"fields": {}}}
        return {
            f"read {model}": lambda e, s: one(e, s).read([field]),
            f"read all {model}": lambda e, s: one(e, s).read(),
            f"attribute {model}": lambda e, s: one(e, s)[field],
            f"mapped {model}": lambda e, s: one(e, s).mapped("partner_id.name"),
            f"name {model}": lambda e, s: one(e, s).display_name,
            f"web read {model}": lambda e, s: one(e, s).web_read(spec),
            f"export {model}": lambda e, s: one(e, s).export_data([field, "id"]),
            f"copy {model}": lambda e, s: one(e, s).copy(),
            f"copy data {model}": lambda e, s: one(e, s).copy_data(),
            f"write {model}": lambda e, s: one(e, s).write({field: False}),
            f"unlink {model}": lambda e, s: one(e, s).unlink(),
            f"meta {model}": lambda e, s: one(e, s).get_metadata(),
            f"filter {model}": lambda e, s: one(e, s).filtered_domain(
                [(field, "!=", False)]
            ),
            f"onchange {model}": lambda e, s: one(e, s).onchange({}, [field], spec),
            f"access {model}": lambda e, s: one(e, s).has_access("read"),
            f"defaults {model}": lambda e, s: e[model].default_get([field]),
            f"link {model}": lambda e, s: one(e, s).get_formview_action(),
            f"external id {model}": lambda e, s: one(e, s).get_external_id(),
            f"list {model}": lambda e, s: e[model].web_search_read([], spec),
            f"activities of {model}": lambda e, s: e["mail.activity"].search_read(
                [("res_model", "=", model)], ["summary", "res_name"]
            ),
        }

    def _probe_names(self, model, letters):
        return {
            f"name search {model} {letter}": lambda env, _s, x=letter: env[
                model
            ].name_search(x)
            for letter in letters
        }

    def _probe_elsewhere(self):
        """Other documents that could quote it."""
        about = [("partner_id", "=", self.person.id)]
        person = self.person.id
        spec = {
            name: {"fields": {"display_name": {}}}
            for name in ("trust_memory_ids", "trust_occasion_ids", "trust_interest_ids")
        }
        mail = ("body", "subject", "record_name")
        probes = {
            "partner": lambda e, _s: e["res.partner"].browse(person).web_read(spec),
            "partner notes": lambda e, _s: (
                e["res.partner"].browse(person).trust_memory_ids.ids
            ),
            "partner export": lambda e, _s: (
                e["res.partner"]
                .browse(person)
                .export_data(["trust_memory_ids/text", "trust_occasion_ids/day"])
            ),
            "partner copy": lambda e, _s: e["res.partner"].browse(person).copy_data(),
            "partner onchange": lambda e, _s: (
                e["res.partner"].browse(person).onchange({}, ["name"], spec)
            ),
            "ledger": lambda e, _s: [
                (row.signal_id.code, row.note, row.source_model, row.source_name)
                for row in e["trust.evidence"].search(about)
            ],
            "reasons": lambda e, _s: (
                e["trust.relationship"].search(about).get_trust_panel()
            ),
            "today": lambda e, _s: e["trust.today"].get_today(),
            "topics": lambda e, _s: e["trust.today"]._get_topics(
                e["res.partner"].browse(person)
            ),
            "caller": lambda e, _s: e["trust.today"].find_caller("Mary"),
            "filters": lambda e, _s: e["ir.filters"].search_read([], ["domain"]),
            "attachments": lambda e, _s: e["ir.attachment"].search_count([]),
            "views": lambda e, _s: e["trust.memory"].get_views([(False, "form")]),
        }
        for field, word in itertools.product(mail, ("ill", "sell", "cello", "march")):
            probes[f"mail {field} {word}"] = lambda e, _s, f=field, w=word: e[
                "mail.message"
            ].search_count([(f, "ilike", w)])
        for model in ("trust.memory", "trust.occasion"):
            probes[f"mail of {model}"] = lambda e, _s, m=model: e[
                "mail.message"
            ].search_count([("model", "=", m)])
        return probes


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
