# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import re

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.phone_validation.tools import phone_validation

FOUND = 8
MIN_DIGITS = 4
NUMBER = re.compile(r"^[+\d][\d\s().\-/]*$")


class TrustToday(models.AbstractModel):
    """Who is calling (S22): customers and leads by name or phone number.

    Searched with the rights of the reader. A full number is looked up as Odoo keeps it
    (E.164, by index); part of one by its digits.
    """

    _inherit = "trust.today"

    @api.model
    @api.readonly
    def find_caller(self, text):
        """Find who may be calling.

        :param str text: a name, part of it, or a phone number in any spelling
        :return: ``[{partner_id, lead_id, name, detail, phone, ring}]``, 8 at most
        """
        self._check_member()
        text = (text or "").strip()
        if len(text) < 2:
            return []
        people = self._search_callers("res.partner", text, FOUND)
        found = [self._prepare_found(person) for person in people]
        if len(found) < FOUND:
            leads = self._search_callers("crm.lead", text, FOUND - len(found))
            found += [self._prepare_found(lead) for lead in leads]
        self._add_rings(found)
        return found

    def _search_callers(self, model, text, limit):
        """Best first: the very number, then numbers with these digits, or the name."""
        people = self.env[model]
        scope = self._get_callers_domain(model)
        if not NUMBER.match(text):
            name = "complete_name" if model == "res.partner" else "contact_name"
            domain = Domain(name, "ilike", text)
            if model == "crm.lead":
                domain |= Domain("partner_name", "ilike", text)
                domain |= Domain("name", "ilike", text)
            return people.search(scope & domain, limit=limit)
        for domain in self._get_number_domains(text):
            people = people.search(scope & domain, limit=limit)
            if people:
                break
        return people

    def _get_callers_domain(self, model):
        if model == "crm.lead":
            return Domain("partner_id", "=", False)
        return Domain("partner_share", "=", True)

    def _get_number_domains(self, text):
        country = self.env.company.country_id
        number = phone_validation.phone_format(
            text,
            country.code,
            country.phone_code,
            force_format="E164",
            raise_exception=False,
        )
        digits = re.sub(r"\D", "", text)
        if number.startswith("+"):
            yield Domain("phone_sanitized", "=", number)
        if len(digits) >= MIN_DIGITS:
            # The national zero in front is not part of the number as it is kept.
            yield Domain("phone_sanitized", "=like", f"%{digits.lstrip('0')}%")
            yield Domain("phone_mobile_search", "ilike", digits)

    def _prepare_found(self, person):
        partner = person if person._name == "res.partner" else person.partner_id
        lead = person if person._name == "crm.lead" else person.browse()
        if lead:
            name = lead.contact_name or lead.partner_name or lead.name
            detail = self._join(self.env._("Lead"), lead.name)
        else:
            company = partner.parent_id.name or ""
            name = partner.name or company
            detail = self._join(partner.function, company, partner.city)
        return {
            "partner_id": partner.id,
            "lead_id": lead.id if lead else False,
            "name": name or "",
            "detail": detail,
            "phone": person.phone or "",
        }
