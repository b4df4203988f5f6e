# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Small things that each language says in its own way."""


def join_words(env, words):
    """Return several words as one text, set apart as the reader's language does."""
    said = ""
    for word in words:
        said = env._("%(before)s, %(word)s", before=said, word=word) if said else word
    return said
