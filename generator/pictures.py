"""What a picture carries besides the picture: where it was taken, with what, by whom. Nothing is decoded."""

from __future__ import annotations

from collections.abc import Iterator

#: Endings of the files that are pictures.
SUFFIXES = (".jpg", ".png", ".webp")

_PNG = b"\x89PNG\r\n\x1a\n"
#: Chunks that a picture needs, or that say only how it is to be shown.
_PNG_NEEDED = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST cICP acTL fcTL fdAT mDCV cLLI".split()
)
_WEBP_NEEDED = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
#: How segments that are nobody's business begin; what is left of a segment's kind is its number.
_JPEG_NAMES = {b"Exif\0": "EXIF", b"http://ns.adobe.com/": "XMP", b"Photoshop": "IPTC"}
#: Segments of JPEG that stand alone, without a length.
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_APP0, _APP15 = 0xE0, 0xEF


class NoPicture(ValueError):
    """The bytes are none of the three kinds, or break off: nobody can tell what is in them."""


def extras(raw: bytes) -> tuple[str, ...]:
    """What a JPEG, PNG or WebP carries that it does not need, by name, each once. Raises NoPicture."""
    if raw.startswith(b"\xff\xd8"):
        found = _jpeg(raw)
    elif raw.startswith(_PNG):
        found = _png(raw)
    elif raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        found = _webp(raw)
    else:
        raise NoPicture
    return tuple(dict.fromkeys(found))


def _jpeg(raw: bytes) -> Iterator[str]:
    """Every segment up to the end, those between the scans of a progressive picture and what trails it included."""
    at = 2
    while at + 1 < len(raw):
        if raw[at] != 0xFF:
            raise NoPicture
        kind = raw[at + 1]
        if kind == 0xFF:  # fill
            at += 1
        elif kind == _END:
            if raw[at + 2 :].strip(b"\0"):
                yield "图片后面的数据"
            return
        elif kind in _ALONE:
            at += 2
        else:
            length = int.from_bytes(raw[at + 2 : at + 4], "big")
            body = raw[at + 4 : at + 2 + length]
            if length < 2 or len(body) != length - 2:
                raise NoPicture
            if name := _jpeg_extra(kind, body):
                yield name
            at += 2 + length
            if kind == _START_OF_SCAN:
                at = _after_scan(raw, at)
    raise NoPicture


def _after_scan(raw: bytes, at: int) -> int:
    """Where the next segment begins: 0xFF that is neither stuffed nor a restart."""
    while (at := raw.find(b"\xff", at)) != -1:
        if at + 1 < len(raw) and raw[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1
    raise NoPicture


def _jpeg_extra(kind: int, body: bytes) -> str:
    if kind == _COMMENT:
        return "注释"
    if not _APP0 < kind <= _APP15:
        return "缩略图" if kind == _APP0 and not _is_plain_jfif(body) else ""
    if body.startswith((b"ICC_PROFILE\0", b"Adobe\0")):  # colours
        return ""
    return next((name for start, name in _JPEG_NAMES.items() if body.startswith(start)), f"APP{kind - _APP0}")


def _is_plain_jfif(body: bytes) -> bool:
    """Density and nothing else: no small copy of the picture, which may show what was cut off."""
    return body.startswith(b"JFIF\0") and body[12:14] in {b"\0\0", b""}


def _png(raw: bytes) -> Iterator[str]:
    at = len(_PNG)
    while at + 12 <= len(raw):
        length = int.from_bytes(raw[at : at + 4], "big")
        kind = raw[at + 4 : at + 8]
        at += 12 + length
        if kind == b"eXIf":
            yield "EXIF"
        elif kind in {b"tEXt", b"zTXt", b"iTXt"}:
            yield "XMP" if raw[at - 4 - length :].startswith(b"XML:com.adobe.xmp") else "注释"
        elif kind == b"tIME":
            yield "修改时间"
        elif kind not in _PNG_NEEDED:
            yield kind.decode("ascii", "replace")
        if kind == b"IEND" and at <= len(raw):
            if raw[at:].strip(b"\0"):
                yield "图片后面的数据"
            return
    raise NoPicture


def _webp(raw: bytes) -> Iterator[str]:
    end = 8 + int.from_bytes(raw[4:8], "little")
    at = 12
    while at + 8 <= min(end, len(raw)):
        kind = raw[at : at + 4]
        length = int.from_bytes(raw[at + 4 : at + 8], "little")
        if kind not in _WEBP_NEEDED:
            yield kind.decode("ascii", "replace").strip()
        at += 8 + length + length % 2
    if at != end or end > len(raw):
        raise NoPicture
    if raw[end:].strip(b"\0"):
        yield "图片后面的数据"
