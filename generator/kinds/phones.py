"""Telephone numbers that the public may call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from generator.kinds.choices import Choice
from generator.kinds.written import Written, full, plain, refuse


class PhoneKind(Choice):
    """What sort of number it is (domain §3.22)."""

    LANDLINE = "landline", "固定电话"
    SERVICE_400 = "service_400", "400 电话"
    HOTLINE_SHORT = "hotline_short", "短号"
    MOBILE_WORK = "mobile_work", "工作手机"


PHONE_PATTERNS: Mapping[PhoneKind, tuple[str, str]] = {
    PhoneKind.LANDLINE: (r"0(?:10|2\d|[3-9]\d{2})-[2-9]\d{6,7}(?:-\d{1,6})?", "0551-62345678"),
    PhoneKind.SERVICE_400: (r"[48]00-\d{3}-\d{4}", "400-123-4567"),
    PhoneKind.HOTLINE_SHORT: (r"(?:0\d{2,3}-)?(?:12345|12315|110|119|120|12319|96\d{3,4}|95\d{3})", "12345"),
    PhoneKind.MOBILE_WORK: (r"1[3-9]\d{9}", "13900000000"),
}
_ANY_PHONE = "|".join(pattern for pattern, _ in PHONE_PATTERNS.values())


def _phone_number(value: str) -> str:
    if full(_ANY_PHONE, value):
        return value
    if re.search(r"(?:^|86|0)1[3-9]\d{9}", re.sub(r"\D", "", plain(value), flags=re.ASCII)):
        raise refuse("E502", "（不显示）")  # a mobile in another form: not echoed either
    fixed = re.sub(r"[－—–()（）]", "-", plain(value)).strip("-")
    fixed = re.sub(r"^([48]00)-?(\d{3})-?(\d{4})$", r"\1-\2-\3", fixed)
    fixed = re.sub(r"^(010|02\d|0[3-9]\d{2})-?([2-9]\d{6,7})$", r"\1-\2", fixed)
    raise refuse("E251", value, example="0551-62345678", **({"fix": fixed} if full(_ANY_PHONE, fixed) else {}))


PhoneNumber = Annotated[str, Written(_phone_number, _ANY_PHONE, "0551-62345678", "电话号码")]


def _public_number(value: str) -> str:
    """A number on its own has no place for consent, so it cannot be a mobile."""
    if full(PHONE_PATTERNS[PhoneKind.MOBILE_WORK][0], _phone_number(value)):
        raise refuse("E502", "（不显示）")
    return value


#: A landline, 400 or short number.
PublicNumber = Annotated[str, Written(_public_number, _ANY_PHONE, "12315", "电话号码，不能是手机")]
