# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import copy
import re

from odoo import api, models
from odoo.tools import SQL

# The one mirrored column with an index: (company_id, trust_index DESC NULLS LAST, id).
INDEXED = "trust_index"
FIRST_BY_INDEX = re.compile(
    rf"\s*{INDEXED}(?P<way>\s+(asc|desc))?(\s+nulls\s+last)?\s*(?P<rest>,.*)?$",
    re.IGNORECASE | re.DOTALL,
)


class TrustSubjectMixin(models.AbstractModel):
    """A page sorted by index: walk the index instead of sorting everybody.

    The outer join that shows subjects without a relationship makes PostgreSQL sort
    the whole table for a page of eighty. Subjects with an index come first, so a page
    filled by them alone is the same page.
    """

    _inherit = "trust.subject.mixin"

    # ORM

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        query = super()._search(domain, offset, limit, order, **options)
        first = limit and order and FIRST_BY_INDEX.match(order)
        if not first or query.is_empty():
            return query
        ids = self._trust_page_ids(query, first)
        return query if ids is None else self.browse(ids)._as_query()

    # BUSINESS

    def _trust_page_ids(self, query, first):
        """Return the ids of the page of ``query``, or None when it may hold others.

        Only a page short of subjects with an index pays for both queries.
        """
        page = copy.copy(query)
        page._joins = dict(query._joins)
        page._where_clauses = list(query._where_clauses)
        page._order_groupby = list(query._order_groupby)
        aliases = self._join_trust(self._table, page)
        if len(aliases) != 1:
            return None
        # Without NULL both ends of the index serve; ascending is its mirror image.
        way = first["way"] or " asc"
        nulls = "last" if way.strip().lower() == "desc" else "first"
        order = f"{INDEXED}{way} nulls {nulls}{first['rest'] or ''}"
        page.order = self._order_to_sql(order, page)
        page.add_where(SQL("%s IS NOT NULL", SQL.identifier(aliases[0], INDEXED)))
        _kind, table, condition = page._joins[aliases[0]]
        page._joins[aliases[0]] = (SQL("JOIN"), table, condition)
        ids = page.get_result_ids()
        return ids if len(ids) == query.limit else None
