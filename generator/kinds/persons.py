"""What tells who somebody is or where somebody lives (domain §6.3): names, doors, plates, accounts.

Every pattern reads text that was folded to half-width (NFKC).
"""

from __future__ import annotations

import re

_HAN = "[\u4e00-\u9fff]"
#: Surnames that begin no word of this field: a title or a name after them is a person's wherever it stands.
_CLEAR = (
    "(?:欧阳|司马|上官|诸葛|皇甫|令狐|司徒|夏侯|慕容|端木|尉迟|公孙|长孙|宇文|南宫|独孤|呼延|轩辕"
    "|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "钟汪田任姜范姚谭廖邹熊陆郝孔崔康邱秦史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚庞樊殷肖闫覃韦陶莫倪邢俞翟聂骆耿"
    "詹靳裴鲍甄阮裘娄喻滕翁卜瞿祁佘窦栾臧郜胥戚卞邬鄢谌闵佟屠茆芮])"
)
#: With the surnames that also begin common words, and the words that are meant then.
_SURNAME = (
    f"(?:{_CLEAR}|[林高程石金夏付方白江毛万严向洪文季安葛温章施颜鲁童伍申柳纪焦柴关齐梅庄左辛管祝毕路涂欧宁凌柯牛甘"
    "盛霍包司柏冉项尤时饶储曲屈艾单房车席尚华蒙游苗卓苑桂谷简兰解符滑蓝商岳应连冷楼景于代查束仲宗荣舒阳燕虞牟仇郎])"
)
_WORDS = (
    "安[全保置排装防徽居心]|高[新层级温空校铁标质效度压龄]|方[案面便式法向]|管[理家委护辖网道控部]|石[油化材榴]"
    "|万[元达科家]|文[明化体件旅员号]|金[融额牌色管]|白[班天]|林[业长地]|应[急当对收缴]|时[间段]|关[于注系停闭]|包[片联括保河干]"
    "|严[格重]|向[善阳]|路[面灯段口政长]|房[屋管产地东主号租改办]|楼[栋道长组门顶层宇]|车[位库辆棚主场队管]|单[位元独价]"
    "|商[户业务铺场会家品改定]|司[法机]|左[右邻]|项目|温馨|华[润东]|康[养复]|常[务委住态驻规]|施工|纪[委检律录]|季[度节]|武[装警汉]"
    "|连续|尚未|游客|解[决除聘]|景[观区]|江[北南淮]|周[末边转期一二三四五六日]|马[路鞍]|夏季|任[职务期何一]|余[额款氯]|钱款|申[请报诉]|程序|许可|顾问"
    "|席位|章程|付[款费]|易地|陈[述旧列]|黄[山榜牌线标]|于[是今本年次]|何[时种人地]|杜绝|毕业|尤其|齐[全抓]|陆续|范[围本]"
    "|储[备物藏能]|滑[坡动]|符合|焦点|凌晨|颜色|洪水|仲裁|宗教|查[处询看验出明封收账阅]|代[表管办理建收缴行码]|荣誉|阳光|段长|祝贺|蒙城|龙头|宁波|张贴|田家|曾用|伍建|简[称介]"
)
_BODY_CHARS = "会部局办所岗队组站处院校厂店场县市区街乡镇村集庵门庄寨屯圩嘴巷府园馆台班委科室员长户"
_BODY_WORDS = (
    "代表|主任|书记|经理|公司|企业|中心|街道|物业|业主|党委|支部|单位|机构|协会|平台|组长|队长|主管|总监|顾问|委员|前台"
)
#: How a body or a post ends; what ends so is no bare name.
_BODY = f"(?:[{_BODY_CHARS}]|{_BODY_WORDS}|志愿者)"
_POST = "(?:主任|书记|经理|组长|队长|站长|局长|科长|楼栋长|会长|主管|总监|负责人|网格员)"
_TITLE = "(?:先生|女士|小姐|师傅|同志|老师|阿姨|大爷|大妈|叔叔)"
_NO_BODY = f"(?<![{_BODY_CHARS}])(?<!{_BODY_WORDS})"
_NAME = f"(?!{_WORDS}){_SURNAME}{_HAN}{{1,2}}{_NO_BODY}"
_LONG_NAME = f"(?!{_WORDS}){_SURNAME}{_HAN}{{2}}{_NO_BODY}"

_PERSON = tuple(
    re.compile(pattern)
    for pattern in (
        _NAME,
        rf".*{_BODY}(?!任){_NAME}",
        rf"{_LONG_NAME}(?:等|是|为|系|因|和|与|及).*",
        rf".*?(?!{_WORDS}){_CLEAR}{_HAN}{{0,2}}{_TITLE}",
        rf"(?!{_WORDS}){_SURNAME}{_HAN}{{0,2}}{_TITLE}",
        rf"(?!{_WORDS}){_SURNAME}(?:某某?|{_HAN}{{0,2}}{_NO_BODY}){_POST}(?:兼.*)?",
        rf".*{_POST}(?!任){_NAME}",
        rf".*{_HAN}某某?",
    )
)
_BETWEEN = re.compile(r"[\s、，,；;：:（）()／/·]+")


def names_a_person(text: str) -> bool:
    """Whether some piece of the text reads as a person's name: 张三, 王师傅, 李主任, 居委会王小明, 赵某."""
    return any(pattern.fullmatch(piece) for piece in _BETWEEN.split(text) for pattern in _PERSON)


_BUILDING = r"(?<![0-9A-Za-z])(?:\d{1,3}|[A-Za-z]\d?|[一二三四五六七八九十]{1,3})\s*(?:栋|幢|号楼|座|#)\s*"
_UNIT = r"(?<![0-9])(?:\d{1,2}|[一二三四五六七八九十])\s*单元\s*"
#: A number of a room; without 室 it must not be a count, such as 3 栋 120 盏灯.
_ROOM = (
    r"\d{3,4}(?:\s*(?:室|房(?!间)|号(?!楼))"
    rf"|(?=\s*(?:[),、。]|$|的|业主|住户|户主|{_HAN}{{0,3}}(?:拖欠|欠|未缴|未交|先生|女士))))"
)
#: One door (PII-ROOM): 3栋502室, 3幢2单元502, 3-2-502.
_DOOR = (
    rf"(?:(?:{_BUILDING}(?:{_UNIT})?|{_UNIT}){_ROOM}|{_UNIT}\d{{3,4}}\s*户(?!数)"
    r"|(?<![\d\-/.年])\d{1,2}-(?:\d{1,2}-\d{3,4}(?![\d\-/.])|\d{3,4}\s*[室房])\s*[室房]?)"
)
_OFFICE = (
    "(?:物业(?:服务(?!费)|用房|办公|管理(?!费)|客服|中心|公司|项目|前台|值班)|客服|办公|值班|党群|居委会|业委会|业主委员会|业主大会"
    "|(?:服务|维修|活动|调解|收费|接待|会议|议事|监控|消控)[中站点处台大岗室厅窗部]|管理处|(?:公共|公用|共用|共有|经营性?|配套)用?房"
    "|架空层|商铺|门面)"
)
_OFFICE_DOOR = re.compile(
    rf"{_DOOR}\s*\(?(?:的|为|是|设)?(?:本?小区|项目|社区)?{_OFFICE}"
    rf"|(?:中心|办公室|前台|站|处|室|居委会|业委会|岗|点|用房|地址|地点)[(:]?(?:设在|位于|在|搬到|迁至)?\s*{_DOOR}(?!{_HAN})"
)
_ONE_DOOR = re.compile(_DOOR)
_NAMED_DOOR = re.compile(
    rf"{_DOOR}[\s(),、:]*(?!{_HAN}*(?:中心|公司|处|站|室|办|部|店|会|所|用房|岗|前台)(?!{_HAN})){_NAME}"
)
_OF_SOMEBODY = re.compile(
    r"业主(?!委员会|大会|代表)|住户|户主|先生|女士|\d\s*[万亿]?元|[¥￥]|拖欠|欠费|欠缴|欠款|未缴|未交"
)


def tells_of_one_door(text: str) -> bool:
    """Whether a sentence has a door beside a person, an amount or a debt (PII-ROOM, PII-ARREARS).

    An office has a door too, so its address passes.
    """
    return any(_ONE_DOOR.search(one) and _is_told_of(one) for one in re.split(r"[。;!?\n]", text))


def _is_told_of(sentence: str) -> bool:
    homes = _OFFICE_DOOR.sub(",", sentence)
    beside = _OF_SOMEBODY.search(homes) or _NAMED_DOOR.search(homes) or names_a_person(_ONE_DOOR.sub(",", homes))
    return bool(beside and _ONE_DOOR.search(homes))


#: What else finds one person (PII-PLATE, PII-BANK, PII-IM), and what a message calls it.
FINDS_ONE_PERSON = {
    "车牌号": re.compile(
        "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\\s]?"
        "(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])(?![A-Za-z0-9])"
    ),
    "银行账号": re.compile(
        r"(?<![0-9A-Za-z])62[0-9]{2}(?:\s?[0-9]{4}){3}(?:\s?[0-9]{1,3})?(?![0-9A-Za-z])"
        r"|(?:账号|帐号|卡号)[^0-9。;\n]{0,10}[0-9]{4}(?:\s?[0-9]{4}){3}(?:\s?[0-9]{1,3})?(?![0-9A-Za-z])"
    ),
    "微信号或 QQ 号": re.compile(r"(?:微信|QQ)号?\s*:?\s*[A-Za-z0-9_-]{5,20}(?![A-Za-z0-9_-])", re.ASCII),
}
