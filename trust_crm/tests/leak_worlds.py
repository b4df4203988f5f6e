# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import itertools
import re

from odoo.fields import Domain
from odoo.tools import SQL

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
# Numbers that no day, amount or other record has, for those that questions name
FAR = 81000001


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
        for table in ("trust_memory", "trust_occasion", "trust_consent"):
            cls.env.cr.execute(
                SQL(
                    "ALTER SEQUENCE %s RESTART WITH %s",
                    SQL.identifier(f"{table}_id_seq"),
                    FAR,
                )
            )
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
