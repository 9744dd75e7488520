"""做法: what people wrote about how something was done, as the front matter of its page says it."""

from __future__ import annotations

import re
from typing import Annotated

from generator.kinds import Consent, ContentFile, Day, Id, Line, Ref
from generator.records.base import Part, field, items

#: Below ``content/``.
FOLDER = "stories/"
#: The front matter of a Markdown file, as MkDocs finds it.
FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


class Photo(Part):
    """One picture of a story."""

    file: ContentFile = field("文件", "content/ 里的路径，如 stories/bench.jpg", required=True)
    alt: Line = field("替代文字", "看不见图的人读到的一句话：图里有什么", required=True)
    consent: Consent = field("同意", "图里有人的，填同意公开的内部编号；没有人的填 图里没有人", required=True)


class Story(Part):
    """The front matter of one page below ``content/stories/``; the page itself stays as it was written."""

    title: Line = field("标题", required=True)
    date: Day = field("日期", required=True)
    description: Line = field("一句话", "索引页和搜索里的一句", required=True)
    communities: Annotated[tuple[Id, ...], Ref("community")] = items("小区", "小区编号")
    firms: Annotated[tuple[Id, ...], Ref("firm")] = items("企业", "企业编号")
    organizations: Annotated[tuple[Id, ...], Ref("organization")] = items("机构", "机构编号")
    mechanisms: Annotated[tuple[Id, ...], Ref("mechanism")] = items("治理机制", "机制编号")
    photos: tuple[Photo, ...] = items("图片", "每张图都要登记")
    keywords: tuple[Line, ...] = items("搜索词")
    hide: tuple[Line, ...] = items("不显示的栏")
