# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Files that a customer sends: photos and papers, checked by name and first bytes.

What a browser could run (HTML, SVG, scripts) is not among them, whatever its name says.
"""

import re

MOST_FILES = 10
MOST_BYTES = 25 * 2**20
NAME_LENGTH = 120

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
# Extension: what the file begins with (at an offset), or None for plain text.
KINDS = {
    "jpg": [(0, b"\xff\xd8\xff")],
    "jpeg": [(0, b"\xff\xd8\xff")],
    "png": [(0, b"\x89PNG\r\n\x1a\n")],
    "gif": [(0, b"GIF8")],
    "webp": [(0, b"RIFF"), (8, b"WEBP")],
    "heic": [(4, b"ftyp")],
    "heif": [(4, b"ftyp")],
    "mp4": [(4, b"ftyp")],
    "mov": [(4, b"ftyp")],
    "pdf": [(0, b"%PDF-")],
    "docx": [(0, _ZIP)],
    "xlsx": [(0, _ZIP)],
    "odt": [(0, _ZIP)],
    "ods": [(0, _ZIP)],
    "doc": [(0, _OLE)],
    "xls": [(0, _OLE)],
    "txt": None,
    "csv": None,
}


def clean_name(name):
    r"""The bare name of a file: no path, nothing unprintable, not endless.

    >>> clean_name("C:\\photos\\../broken shelf.jpg")
    'broken shelf.jpg'
    >>> clean_name("a\x00\u202eb<c>.png")
    'abc.png'
    >>> clean_name("x" * 300 + ".pdf").count("x") + len(".pdf")
    120
    >>> clean_name(None)
    'file'
    """
    name = re.split(r"[/\\]", name or "")[-1]
    name = "".join(c for c in name if c.isprintable() and c not in '<>"|?*:').strip(
        " ."
    )
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:NAME_LENGTH] or "file"
    return f"{stem[: NAME_LENGTH - len(extension) - 1]}.{extension}"


def get_problem(name, content):
    r"""Why a file cannot be taken, or None.

    >>> get_problem("a.jpg", b"\xff\xd8\xff\xe0 and so on")
    >>> get_problem("a.txt", "Grüße".encode())
    >>> get_problem("a.jpg", b"")
    'empty'
    >>> get_problem("a.svg", b"<svg/>"), get_problem("a", b"x")
    ('type', 'type')
    >>> get_problem("a.png", b"<html>"), get_problem("a.txt", b"MZ\x00")
    ('type', 'type')
    """
    if not content:
        return "empty"
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension not in KINDS:
        return "type"
    marks = KINDS[extension]
    if marks is None:
        return "type" if b"\x00" in content else None
    fits = all(content[at : at + len(mark)] == mark for at, mark in marks)
    return None if fits else "type"


def check(files):
    r"""Check what came with a form.

    :param files: list of (name, bytes)
    :return: (list of (clean name, bytes), list of (clean name, problem)); problems are
        "empty", "type", and of all together "many" and "big"

    >>> check([("a.pdf", b"%PDF-1"), ("b.exe", b"MZ")])
    ([('a.pdf', b'%PDF-1'), ('b.exe', b'MZ')], [('b.exe', 'type')])
    >>> check([("a.txt", b"x")] * 11)[1]
    [('', 'many')]
    """
    named = [(clean_name(name), content) for name, content in files]
    found = [(name, get_problem(name, content)) for name, content in named]
    problems = [(name, problem) for name, problem in found if problem]
    if len(named) > MOST_FILES:
        problems.append(("", "many"))
    if sum(len(content) for _name, content in named) > MOST_BYTES:
        problems.append(("", "big"))
    return named, problems
