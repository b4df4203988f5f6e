# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.exceptions import UserError

# Model -> fields naming the document it was written on, which has the form.
WRITTEN_ON = {
    "mail.message": ("model", "res_id"),
    "rating.rating": ("res_model", "res_id"),
}


class TrustEvidence(models.Model):
    """Which document a reader opens to see why a row is there.

    The source of a row is exact (one mail, one attendee); the document is what a person
    knows by name: the lead it was written on, the meeting.
    """

    _inherit = "trust.evidence"  # pylint: disable=consider-merging-classes-inherited

    # ACTIONS

    def action_open_source(self):
        """Open the document that speaks in this row."""
        self.ensure_one()
        document = self._readable_documents().get(self.id)
        if not document:
            raise UserError(
                self.env._("The document is gone, or you have no access to it.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # BUSINESS

    def _readable_documents(self):
        """Return ``{row id: document}`` of the documents the user may read."""
        refs = {row.id: ref for row, ref in self._document_refs() if all(ref)}
        readable = self._readable_records(set(refs.values()))
        return {row: readable[ref] for row, ref in refs.items() if ref in readable}

    def _document_refs(self):
        """Yield (row, (model, id)) of the document to open for each row."""
        for model, rows in self.grouped("source_model").items():
            if model not in self.env:
                continue
            ids = {row.source_id for row in rows if row.source_id}
            sources = self.env[model].sudo().browse(ids).exists()
            refs = {source.id: self._document_ref(source) for source in sources}
            yield from ((r, refs[r.source_id]) for r in rows if r.source_id in refs)

    @api.model
    def _document_ref(self, source):
        """Return (model, id) of what to open; extend it for other sources."""
        if source._name == "calendar.attendee":
            return "calendar.event", source.event_id.id
        if source._name in WRITTEN_ON:
            model, res_id = (source[name] for name in WRITTEN_ON[source._name])
            return model, res_id
        return source._name, source.id

    def _document_title(self, document):
        """Return the document's name for a reader; a mere number says what it is of."""
        name = document.display_name or ""
        if " " in name or not name.isascii() or not any(map(str.isdigit, name)):
            return name
        kind = self.env["ir.model"]._get(document._name).name
        return self.env._("%(kind)s %(number)s", kind=kind, number=name)

    @api.model
    def _document_ref_of(self, model, res_id):
        """Return (model, id) of what to open for a source; ("", 0) when it is gone."""
        source = model in self.env and self.env[model].sudo().browse(res_id).exists()
        return self._document_ref(source) if source else ("", 0)

    @api.model
    def _readable_records(self, refs):
        """Return ``{(model, id): record}`` of those that the user may read."""
        ids_by_model = {}
        for model, res_id in refs:
            ids_by_model.setdefault(model, []).append(res_id)
        result = {}
        for model, ids in ids_by_model.items():
            if model not in self.env or not self.env[model].has_access("read"):
                continue
            for record in self.env[model].browse(ids).exists()._filtered_access("read"):
                result[model, record.id] = record
        return result
