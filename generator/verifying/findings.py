"""One thing that is not as it was sealed. Standard library only: also shipped inside ``verify.py``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it was sealed, as exactly as it can be placed."""

    code: str
    edition: str = ""
    version: int = 0
    #: Relative to ``data/``.
    file: str = ""
    line: int = 0
    #: The entry, such as ``e001``.
    row: str = ""
    #: Column or place in a JSON file; several joined by 、.
    field: str = ""
    expected: str = ""
    found: str = ""
    #: What is wrong, in Chinese, without the place.
    says: str

    @property
    def sentence(self) -> str:
        """The whole finding in Chinese."""
        version = f"第 {self.version} 版" if self.version else ""
        name = self.file.removeprefix(f"sealed/{self.edition}/v{self.version}/")
        line = f"第 {self.line} 行" if self.line else ""
        place = " ".join(filter(None, (self.edition, version, name, line, self.row, self.field)))
        values = (("应为", self.expected), ("现为", self.found))
        shown = "，".join(f"{word} {value}" for word, value in values if value)
        text = f"{place}：{self.says}" + (f"（{shown}）" if shown else "")
        return "".join(char if char.isprintable() else f"⟨U+{ord(char):04X}⟩" for char in text)
