# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models, tools
from odoo.tools import SQL

LISTS = ("one2many", "many2many")
EMPTY = {"float": 0.0, "monetary": 0.0, "integer": 0}


class TrustSubjectMixin(models.AbstractModel):
    """Whether there is anything to tell at all, before it is asked with all its rights.

    Most customers have no favour, no handover and no complaint. Looking whether rows
    are there, of any company and reader, costs one probe of an index each; reading them
    as the reader may is put together from the rules of each model and costs ten times
    that. So what has left no trace is answered empty, and nobody learns more by it.
    """

    _inherit = "trust.subject.mixin"

    # BUSINESS

    def _trust_traces(self):
        """Return ``{field: links}``; one leads here if the field says anything.

        :return: lists of ``(model, name of its field that points to a partner of this
            family or to this lead, "id" for themselves[, a field that must be set])``
        """
        return {}

    def _trust_traced(self, specification):
        """Return the part of ``_trust_traces`` that ``specification`` asks for.

        Lists on the customer trace themselves.
        """
        if len(self) != 1 or not isinstance(self.id, int):
            return {}
        traces = {
            name: links
            for name, links in self._trust_traces().items()
            if name in specification
        }
        for name in filter(self._is_trust_list, specification):
            traces[name] = [self._get_trace(self._fields[name])]
        return traces

    @api.model
    def _is_trust_list(self, name):
        field = self._fields.get(name)
        return (
            name.startswith("trust_") and field and field.type in LISTS and field.store
        )

    @staticmethod
    def _get_trace(field):
        """The link behind a list: the field of its rows, or the list itself."""
        if field.type == "one2many":
            return field.comodel_name, field.inverse_name
        return field.model_name, field.name

    def _select_traces(self, traces):
        """SQL of an array: whether each different link of ``traces`` leads here.

        The family is a table of its own, or it would be planned once for every link.
        """
        partner_id, lead_id = self.sudo()._trust_key()
        commercial = self.env["res.partner"]._fields["commercial_partner_id"]
        return SQL(
            """(WITH here AS MATERIALIZED (
                    SELECT ARRAY(
                        SELECT p.id FROM res_partner p
                         WHERE %s = (SELECT o.commercial_partner_id
                                       FROM res_partner o WHERE o.id = %s)) AS family,
                           %s::int AS lead)
                SELECT ARRAY[%s] FROM here)""",
            SQL.identifier("p", "commercial_partner_id", to_flush=commercial),
            partner_id,
            lead_id,
            self._select_links(self._unique_links(traces)),
        )

    @staticmethod
    def _unique_links(traces):
        return tuple(dict.fromkeys(link for links in traces.values() for link in links))

    @api.model
    @tools.ormcache("self._name", "links")
    def _select_links(self, links):
        return SQL(", ").join(self._is_linked(*link) for link in links)

    @api.model
    def _is_linked(self, model, name, needed=None):
        """SQL: a row of ``model`` leads to the lead or to a partner of ``here``."""
        field = self.env[model]._fields[name]
        table, column = self.env[model]._table, name
        comodel = field.comodel_name or model
        if field.type == "many2many":
            table, column, comodel = field.relation, field.column1, model
        is_lead = comodel == "crm.lead"
        if is_lead and self._name != comodel:
            return SQL("FALSE")
        return SQL(
            "EXISTS (SELECT FROM %s t WHERE %s = %s AND %s)",
            SQL.identifier(table),
            SQL.identifier("t", column, to_flush=field),
            SQL("here.lead") if is_lead else SQL("ANY(here.family)"),
            self._is_set(model, needed) if needed else SQL("TRUE"),
        )

    @api.model
    def _is_set(self, model, name):
        field = self.env[model]._fields[name]
        return SQL("%s IS NOT NULL", SQL.identifier("t", name, to_flush=field))

    def _read_traced(self, traces, linked):
        """Answer what has left no trace, or is counted; Odoo reads the others.

        :param list linked: what ``_select_traces`` says
        """
        linked = dict(zip(self._unique_links(traces), linked, strict=True))
        left = {name: any(map(linked.get, links)) for name, links in traces.items()}
        values = {n: self._get_trust_nothing(n) for n, rows in left.items() if not rows}
        counted = self._trust_counted() if any(left.values()) else {}
        names = [name for name in counted if left.get(name)]
        if names:
            columns = [self._trust_column(name, counted) for name in names]
            [row] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(columns)))
            values |= self._say_trust(names, row)
        return values

    def _get_trust_nothing(self, name):
        """What a screen is told of a field that has nothing to say."""
        field = self._fields[name]
        return [] if field.type in LISTS else EMPTY.get(field.type, False)
