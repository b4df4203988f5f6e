# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import re
from collections import defaultdict

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader

LANGUAGES = ("zh_CN", "zh_TW")
# %(name)s, %s, {{ name }}, {name}, tags, and line breaks that are no mere wrapping
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf%]|\{+[^{}]*\}+|</?[\w-]+|\n(?! )")
KINDS_OF_CODE = ("odoo-python", "odoo-javascript")


@tagged("post_install", "-at_install")
class TestI18n(TransactionCase):
    """A3: every term of our addons has its words in simplified and traditional Chinese.

    The terms are what Odoo itself exports now, from the database and from the code.
    When this fails, export and translate what it lists (docs/development.md).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        modules = cls.env["ir.module.module"].search(
            [("name", "=like", "trust\\_crm%"), ("state", "=", "installed")]
        )
        cls.addons = modules.mapped("name")
        cls.uses = defaultdict(set)
        reader = TranslationModuleReader(cls.env.cr, modules=cls.addons)
        for addon, kind, name, at, term, _translation, comments in reader:
            use = comments if kind == "code" else [f"{kind}:{name}:{at}"]
            cls.uses[addon, term].update(use)

    def _translations(self, addon, file_name):
        """Return ``{term: entry}`` of one file of translations."""
        entries = polib.pofile(file_path(f"{addon}/i18n/{file_name}"))
        return {entry.msgid: entry for entry in entries if not entry.obsolete}

    def test_the_template_names_every_use(self):
        """A3: Odoo writes a translation only where the template says it is used."""
        missing = []
        for addon in self.addons:
            template = self._translations(addon, f"{addon}.pot")
            for (owner, term), uses in self.uses.items():
                if owner == addon and not uses <= self._template_uses(template, term):
                    missing.append(f"{addon}: {term!r}")
        self.assertFalse(missing, "Export again:\n" + "\n".join(sorted(missing)))

    @staticmethod
    def _template_uses(template, term):
        if term not in template:
            return set()
        entry = template[term]
        uses = {use for use, _line in entry.occurrences}
        return uses | {kind for kind in KINDS_OF_CODE if kind in entry.comment}

    def test_every_term_is_translated(self):
        """A3: no term is missing, empty, fuzzy or robbed of its placeholders."""
        wrong = []
        for addon in self.addons:
            for language in LANGUAGES:
                found = self._translations(addon, f"{language}.po")
                terms = [term for owner, term in self.uses if owner == addon]
                wrong += [
                    f"{addon} {language}: {fault}: {term!r}"
                    for term in sorted(terms)
                    if (fault := self._fault(term, found.get(term)))
                ]
        self.assertFalse(wrong, "Translate:\n" + "\n".join(wrong))

    @staticmethod
    def _fault(term, entry):
        """Return what is wrong with a term's translation, or nothing."""
        if not entry or not entry.msgstr.strip():
            return "missing"
        if entry.fuzzy:
            return "fuzzy"
        wanted, given = map(PLACEHOLDER.findall, (term, entry.msgstr))
        return "other placeholders" if sorted(wanted) != sorted(given) else ""

    def test_a_fault_is_found(self):
        """A3: the test itself tells a faulty translation from a good one."""
        good = {"msgid": "%(n)s kept", "msgstr": "已兑现%(n)s"}
        self.assertFalse(self._fault("%(n)s kept", polib.POEntry(**good)))
        faults = {
            "missing": [None, polib.POEntry(msgid="%(n)s kept", msgstr="")],
            "fuzzy": [polib.POEntry(**good, flags=["fuzzy"])],
            "other placeholders": [polib.POEntry(**good | {"msgstr": "已兑现%(m)s"})],
        }
        for fault, entries in faults.items():
            for entry in entries:
                self.assertEqual(self._fault("%(n)s kept", entry), fault)
