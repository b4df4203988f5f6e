# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import ast

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

# Technical models say nothing about customers and may hold secrets.
REFUSED_MODELS = (
    "ir.",
    "res.users",
    "res.groups",
    "res.config",
    "base",
    "bus.",
    "trust.",
)
DATES = ("date", "datetime")
HOURS = {"hours": 1, "days": 24}


class TrustSignal(models.Model):
    """Signals made by an administrator: which records are the fact, as data only.

    First the domain (relative dates such as ``today -30d`` are parsed by the ORM), then
    the paths: many2one steps from the record to the customer, the employee and the
    company, ending in a stored field. A *within* fact has a start and an until date and
    a limit: it holds when the until date came in time. Nothing is ever evaluated.
    """

    _inherit = "trust.signal"

    model_id = fields.Many2one(
        "ir.model",
        "Records",
        ondelete="cascade",
        domain=[("transient", "=", False), ("abstract", "=", False)],
    )
    model_name = fields.Char(related="model_id.model", string="Model Name")
    domain = fields.Char(default="[]", help="Which records count.")
    date_path = fields.Char(
        "Date", help="When the fact happened, or when the limit starts to run."
    )
    until_path = fields.Char(
        "Until", help="Filled when it was done; compared with the limit."
    )
    limit = fields.Float(help="Empty until: no limit.")
    limit_unit = fields.Selection(
        [("hours", "Hours"), ("days", "Days"), ("working_hours", "Working hours")],
        default="days",
    )
    subject_path = fields.Char("Customer", help="Path to a contact or to a lead.")
    employee_path = fields.Char("Employee", help="Path to the user it was done by.")
    magnitude_path = fields.Char("Magnitude", help="A number; empty counts as 1.")
    magnitude_scale = fields.Float(
        default=1.0, help="The number that counts fully; more counts as much."
    )

    # CONSTRAINTS

    @api.constrains(
        "active",
        "detector",
        "model_id",
        "domain",
        "date_path",
        "until_path",
        "limit",
        "limit_unit",
        "subject_path",
        "employee_path",
        "magnitude_path",
        "magnitude_scale",
    )
    def _check_records(self):
        for signal in self.filtered(lambda s: s.active and s.detector == "records"):
            signal._check_record_parts()

    def _check_record_parts(self):
        """Raise a ValidationError that names the part that is wrong."""
        self.ensure_one()
        if not self.model_name or self._is_refused_model():
            raise ValidationError(
                self.env._("Records: choose a model whose records speak of customers.")
            )
        self._check_path("subject_path", ("many2one",), ("res.partner", "crm.lead"))
        self._check_path("date_path", DATES)
        for name, types, comodels in (
            ("until_path", DATES, None),
            ("employee_path", ("many2one",), ("res.users",)),
            ("magnitude_path", ("integer", "float", "monetary"), None),
        ):
            if self[name]:
                self._check_path(name, types, comodels)
        if not 0 < self.magnitude_scale <= 1e12:
            raise ValidationError(
                self.env._("Magnitude: the number that counts fully must be above 0.")
            )
        if self.until_path and not 0 < self.limit <= 1e6:
            raise ValidationError(
                self.env._("Limit: say within how long, a number above 0.")
            )
        self._check_domain()

    def _is_refused_model(self):
        model = self.model_name
        if model not in self.env or not self.env[model]._auto:
            return True
        return any(model == m or model.startswith(m) for m in REFUSED_MODELS)

    def _check_path(self, name, types, comodels=None):
        label = self._fields[name].get_description(self.env, ["string"])["string"]
        try:
            field = self._resolve_path(self[name])[-1]
        except (KeyError, ValueError, AttributeError) as error:
            raise ValidationError(
                self.env._(
                    "%(label)s: there is no stored field %(path)s on %(model)s.",
                    label=label,
                    path=self[name] or "",
                    model=self.model_name,
                )
            ) from error
        if field.type not in types or (comodels and field.comodel_name not in comodels):
            raise ValidationError(
                self.env._(
                    "%(label)s: the field %(path)s has the wrong type.",
                    label=label,
                    path=self[name],
                )
            )

    def _resolve_path(self, path):
        """Return the fields along a dotted path; only stored many2one on the way."""
        model, steps = self.env[self.model_name], []
        names = (path or "").split(".")
        for i, name in enumerate(names):
            field = model._fields[name]
            last = i == len(names) - 1
            if not field.store or (not last and field.type != "many2one"):
                raise ValueError(path)
            steps.append(field)
            if field.type == "many2one":
                model = self.env[field.comodel_name]
        return steps

    def _parse_domain(self):
        """Return the domain as literals; the text is never evaluated."""
        return Domain(ast.literal_eval((self.domain or "[]").strip()))

    def _check_domain(self):
        try:
            query = self._records_query()
            with self.env.cr.savepoint():
                self.env.cr.execute("SET LOCAL statement_timeout = '5s'")
                self.env.cr.execute(SQL("%s LIMIT 1", query.select()))
        except Exception as error:
            raise ValidationError(
                self.env._(
                    "Domain: %(model)s cannot be searched this way (%(error)s).",
                    model=self.model_name,
                    error=str(error).splitlines()[0][:200],
                )
            ) from error
        finally:
            self.env.cr.execute("SET LOCAL statement_timeout = DEFAULT")

    # ACTIONS

    def action_test(self):
        """Show which records match now and what each would count."""
        self.ensure_one()
        return self.env["trust.signal.test"]._open(self)

    # BUSINESS

    def _records_query(self):
        """Return the Query of matching records; archived ones are facts too."""
        records = self.env[self.model_name].sudo().with_context(active_test=False)
        return records._search(self._parse_domain(), bypass_access=True)

    def _path_sql(self, path, query):
        """Return the SQL of a dotted path, joined to ``query``."""
        model = self.env[self.model_name].sudo()
        alias = model._table
        *heads, last = path.split(".")
        for name in heads:
            model, alias = model._fields[name].join(model, alias, query)
        return model._field_to_sql(alias, last, query)

    def _facts_of_records(self, scope, limit=None):
        """Return the SELECT of facts of an administrator's signal."""
        self.ensure_one()
        try:
            query = self._records_query()
            columns = self._record_columns(query, scope)
        except (KeyError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The signal %(name)s no longer fits its model: %(error)s",
                    name=self.name,
                    error=error,
                )
            ) from error
        model = self.env[self.model_name]
        if scope.since and "write_date" in model._fields:
            written = SQL.identifier(model._table, "write_date")
            query.add_where(SQL("%s >= %s", written, scope.since))
        if limit:
            query.limit = limit
        terms = (SQL("%s AS %s", sql, SQL.identifier(k)) for k, sql in columns.items())
        return query.select(SQL(", ").join(terms))

    def _record_columns(self, query, scope):
        subject = self._resolve_path(self.subject_path)[-1].comodel_name
        pointer = "partner_id" if subject == "res.partner" else "lead_id"
        model = self.env[self.model_name]
        start, until = self._moment(self.date_path, query), None
        if self.until_path:
            until = self._moment(self.until_path, query)
            query.add_where(self._within(start, until, query, scope))
        columns = {
            pointer: self._path_sql(self.subject_path, query),
            "date": until or start,
            "magnitude": self._magnitude_sql(query),
            "source_model": SQL("%s", self.model_name),
            "source_id": SQL.identifier(model._table, "id"),
        }
        if self.employee_path:
            columns["user_id"] = self._path_sql(self.employee_path, query)
        if "company_id" in model._fields and model._fields["company_id"].store:
            columns["company_id"] = self._path_sql("company_id", query)
        return columns

    def _moment(self, path, query):
        """Return a date or datetime field as timestamp; a day counts from its end."""
        sql = self._path_sql(path, query)
        if self._resolve_path(path)[-1].type == "date":
            return SQL("(%s + time '23:59:59')", sql)
        return sql

    def _magnitude_sql(self, query):
        if not self.magnitude_path:
            return SQL("1::float8")
        return SQL(
            "least(1::float8, (%s)::float8 / %s)",
            self._path_sql(self.magnitude_path, query),
            self.magnitude_scale,
        )

    def _within(self, start, until, query, scope):
        """Return the condition that ``until`` came within the limit after ``start``."""
        if self.limit_unit == "working_hours":
            model = self.env[self.model_name]
            has_company = "company_id" in model._fields
            company = (
                self._path_sql("company_id", query) if has_company else SQL("NULL")
            )
            spent = scope.working_seconds(company, start, until)
            return SQL("%s >= %s AND %s <= %s", until, start, spent, self.limit * 3600)
        hours = self.limit * HOURS[self.limit_unit]
        return SQL(
            "%(until)s >= %(start)s AND %(until)s <= %(start)s"
            " + %(hours)s * interval '1 hour'",
            until=until,
            start=start,
            hours=hours,
        )
