# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models, tools
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL

from .trust_subject_mixin import MIRROR


class TrustSubjectMixin(models.AbstractModel):
    """What a screen shows of trust: one short query, straight into the answer.

    Through the cache each value costs two checks of the field's group and three
    conversions, which is a sixth of Odoo's own list of eighty leads.
    """

    _inherit = "trust.subject.mixin"

    # ORM

    @api.readonly
    def web_read(self, specification):
        """Let Odoo check the access and read its own fields; add those of trust."""
        shown = self._trust_shown(specification)
        traces = self._trust_traced(specification)
        asked = shown | traces.keys()
        if not asked or not specification.keys() - asked - {"id"}:
            return super().web_read(specification)
        asking = [self._fields[name] for name in asked]
        for field in {field.groups: field for field in asking}.values():
            self._check_field_access(field, "read")
        self._fetch_trust_key(specification.keys() - asked)
        try:
            values = self._read_trust(shown, traces)
        except MissingError:
            return super(TrustSubjectMixin, self.exists()).web_read(specification)
        answered = values[self.id].keys() if traces else shown
        others = {n: spec for n, spec in specification.items() if n not in answered}
        answer = super().web_read(others)
        for name in shown:
            if "fields" in specification[name]:
                self._name_trust(name, specification[name]["fields"], values)
        for row in answer:
            row.update(values[row["id"]])
        return answer

    # BUSINESS

    def _trust_shown(self, specification):
        """Return the names of ``specification`` that are answered here.

        Of a circle or stage no more than its name, of the relationship its id.
        """
        if not all(isinstance(id_, int) for id_ in self._ids):
            return set()
        shown = MIRROR.keys() & specification.keys()
        return {n for n in shown if self._is_plainly_asked(n, **specification[n])}

    def _fetch_trust_key(self, names):
        """Read what ``_trust_key`` needs with ``names``, which Odoo reads next."""

    def _trust_counted(self):
        """Return ``{name of a count: (model, domain of what it counts)}``."""
        self.ensure_one()
        return {}

    def _count_trust(self, name):
        """Compute one count, for both models are shown on forms one at a time."""
        for subject in self:
            model, domain = subject._trust_counted()[name]
            subject[name] = self.env[model].search_count(domain)

    def _trust_column(self, name, counted=None):
        """Return the SQL of a shown field that stands in no relationship.

        :param counted: what ``_trust_counted`` says, where several columns share it
        """
        model, domain = (counted or self._trust_counted())[name]
        return self.env[model]._search(domain).subselect(SQL("COUNT(*)"))

    def _get_trust_people_domain(self):
        """Whoever belongs to this customer: itself, and the people of a company."""
        own = Domain("partner_id", "in", self.ids)
        return own | Domain("partner_id.commercial_partner_id", "in", self.ids)

    def _is_plainly_asked(self, name, fields=(), **more):
        named = () if name == "trust_relationship_id" else ("display_name",)
        return not more and set(fields) <= set(named)

    def _name_trust(self, name, asked, values):
        """Give circles or stages in ``values`` the form that a screen asks for."""
        names = self._get_trust_names(self._fields[name].comodel_name) if asked else {}
        for found in values.values():
            if key := found[name]:
                found[name] = {"id": key}
                if asked:
                    found[name]["display_name"] = names[key]

    @api.model
    @tools.ormcache("model", "self.env.lang")
    def _get_trust_names(self, model):
        return {record.id: record.name for record in self.env[model].sudo().search([])}

    def _read_trust(self, names, traces=None):
        """Return ``{id: {name: value}}`` as Odoo reads these fields, in one query.

        A lead shows its customer's relationship, or its own. With the ``traces`` of one
        record come those fields too, as far as they are answered here.
        """
        names = list(names)
        keys = [(record.id, *record._trust_key()) for record in self.sudo()]
        if not keys:
            return {}
        arms = [
            self._select_trust(names, "partner_id", {key[1] for key in keys}),
            self._select_trust(names, "lead_id", {key[2] for key in keys}),
        ]
        if traces:
            nothing = SQL(", ").join([SQL("NULL")] * (len(names) + 2))
            arms.append(SQL("SELECT %s, %s", nothing, self._select_traces(traces)))
        rows = self.env.execute_query(SQL(" UNION ALL ").join(filter(None, arms)))
        found = {row[:2]: row[2:-1] for row in rows if row[-1] is None}
        empty = [None] * len(names)
        result = {
            id_: self._say_trust(
                names, found.get((partner, None)) or found.get((None, lead)) or empty
            )
            for id_, partner, lead in keys
        }
        if traces:
            [linked] = [row[-1] for row in rows if row[-1] is not None]
            result[self.id] |= self._read_traced(traces, linked)
        return result

    def _say_trust(self, names, values):
        """``{name: value}`` as Odoo reads these fields."""
        return {
            name: self._get_trust_nothing(name) if value is None else value
            for name, value in zip(names, values, strict=True)
        }

    def _select_trust(self, names, link, ids):
        """SELECT of the relationships of these partners or leads, None for none.

        An arm each, as planning one condition on both takes four times as long.
        """
        relationships = self.env["trust.relationship"]
        columns = [relationships._mirrored("r", MIRROR[name]) for name in names]
        ids.discard(None)
        return ids and SQL(
            """SELECT r.partner_id, r.lead_id, %s FROM trust_relationship r
                WHERE r.company_id = %s AND %s = ANY(%s) AND %s""",
            SQL(", ").join([*columns, SQL("NULL::bool[]")]),
            self.env.company.id,
            SQL.identifier("r", link),
            list(ids),
            self._is_trust_readable("r"),
        )
