"""Who is responsible, sits on something or leads it: a body or a post, never a person (domain §6.2)."""

from __future__ import annotations

import re
from typing import Annotated

from generator.kinds.texts import checked_line
from generator.kinds.written import Written, refuse

#: The commonest surnames; those that begin words of this field (安, 方, 高, 管, 石, 应 …) are left out.
_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|皇甫|令狐|司徒|夏侯"
    "|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "钟汪田任姜范姚谭廖邹熊陆郝孔崔康邱秦史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚庞樊殷])"
)
_GIVEN = "[\u4e00-\u9fff]{1,2}"
#: How a body or a post ends; what ends so is no bare name.
_BODY = (
    "[会部局办所岗队组站处院校厂店社区街镇村委科室员长户]|代表|主任|书记|经理|公司|企业|"
    "中心|街道|物业|业主|党委|支部|单位|机构|协会|志愿者|平台"
)
_POST = "(?:主任|书记|经理|组长|队长|站长|局长|科长|楼栋长|会长|主管|总监|负责人|网格员)"
_TITLE = "(?:先生|女士|小姐|师傅|同志|老师|阿姨|大爷|大妈|叔叔)"
#: A bare name, alone or after a body; a body may read so too, and then ends as bodies do.
_NAMES = (
    re.compile(rf"{_SURNAME}{_GIVEN}"),
    re.compile(rf".*(?:{_BODY})(?!任|周末|周边){_SURNAME}[\u4e00-\u9fff]{{2}}"),
)
_ADDRESSED = (
    re.compile(rf".*?{_SURNAME}[\u4e00-\u9fff]{{0,2}}{_TITLE}"),
    re.compile(rf"{_SURNAME}(?:某{{1,2}}|[\u4e00-\u9fff])?{_POST}(?:兼.*)?"),
    re.compile(rf".*{_POST}[\s·]*{_SURNAME}{_GIVEN}"),
    re.compile(r".*[\u4e00-\u9fff]某某?"),
)
_ENDS_AS_BODY = re.compile(rf".*(?:{_BODY})")


def _names_a_person(text: str) -> bool:
    """Whether some piece of the text reads as a person's name: 张三, 王师傅, 李主任, 居委会王小明, 赵某."""
    pieces = re.split(r"[\s、，,；;：:（）()／/·]+", text)
    return any(
        any(pattern.fullmatch(piece) for pattern in _ADDRESSED)
        or (any(pattern.fullmatch(piece) for pattern in _NAMES) and not _ENDS_AS_BODY.fullmatch(piece))
        for piece in pieces
    )


def _role(value: str) -> str:
    text = checked_line(value)
    if _names_a_person(text):
        raise refuse("E730", value)
    return text


#: A body or a post in words, such as 社区居委会 or 物业项目负责人.
Role = Annotated[str, Written(_role, example="物业项目负责人", label="单位或岗位，不写姓名")]
