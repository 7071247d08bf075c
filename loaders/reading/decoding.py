"""From bytes to text, for files that seldom say what they are."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from biopact.ontology.errors import FilingError

_SIGNATURES = {
    b"\xff\xd8\xff": "a JPEG image",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a zip archive or Office document; name it .zip, or save its text",
    b"\x1f\x8b": "gzip data; name it .gz",
    b"\xd0\xcf\x11\xe0": "an old Office document; save its text",
    b"{\\rtf": "rich text; save it as plain text",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\b\x1a\x1b")) + b"\x7f"
_SAMPLE = 64 * 1024


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


CP1252 = {byte: _cp1252(byte) for byte in range(0x80, 0x100)}  # for every byte, the five undefined ones too
_ESCAPED = {0xDC00 + byte: character for byte, character in CP1252.items()}


def decode(data: bytes) -> str:
    """The text, with ``\\n`` line ends and NULs made spaces; FilingError says why bytes are no text."""
    if not data:
        raise FilingError("the file is empty")
    if data.isspace():
        raise FilingError("the file holds nothing but white space")
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise FilingError(f"this is {kind}")
    text = _decoded(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", " ")
    if text.isspace() or not text:
        raise FilingError("the file holds nothing but white space")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    sample = data[:_SAMPLE]
    if unmarked := _unmarked_utf16(sample):
        return data.decode(unmarked, "replace")
    if (len(sample) - len(sample.translate(None, _CONTROLS))) * 100 > len(sample):
        raise FilingError("this is binary data, not text; only text, HTML, markdown and XML filings can be read")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "surrogateescape")
    stray = sum(map(len, re.findall("[\udc80-\udcff]+", text)))
    beyond_ascii = sum(map(len, re.findall("[^\x00-\x7f]+", text)))
    if stray * 2 > beyond_ascii and stray * 5 > len(data) and (guessed := _guessed(data)):
        return guessed
    if stray * 2 > beyond_ascii:
        text = data.decode("latin-1")
        return text.translate(CP1252)
    return text.translate(_ESCAPED)  # UTF-8 with faults, as where a file was cut or pasted together


def _unmarked_utf16(sample: bytes) -> str | None:
    """Which UTF-16 it is: the higher bytes of western text are NUL, and the lower ones beside those are text."""
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) * 10 > len(high) * 6:
            western = bytes(byte for above, byte in zip(high, low, strict=False) if not above)
            if len(western.translate(None, _CONTROLS)) * 100 > len(western) * 98:
                return encoding
    return None


def _guessed(data: bytes) -> str | None:
    """A guess for text mostly beyond ASCII, as in an East Asian code page."""
    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding, "replace") if best else None
