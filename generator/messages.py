"""The catalogue: code -> what is wrong and what to type, in Chinese and English. Codes are permanent.

E1 reading, E2 values, E3 references, E4 rules, E5 privacy, E6 integrity, E7 accounts, deliberation, places and
notices; N the same as notices.
``{fix}`` and ``{near}`` are optional values: a message that has one shows it, others leave it out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from generator.problems import Problem


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence saying what is wrong, one saying what to do."""

    zh: str
    zh_fix: str
    en: str
    en_fix: str


def _m(zh: str, zh_fix: str, en: str, en_fix: str) -> Message:
    return Message(zh, zh_fix, en, en_fix)


MESSAGES: Mapping[str, Message] = {
    # E1 reading
    "E101": _m(
        "文件不是 UTF-8 编码，像是 {guess}",
        "在 Excel 里另存为「CSV UTF-8（逗号分隔）」；还没录入过的小区表用 gongshi import {name} --as communities",
        "not UTF-8; looks like {guess}",
        "save as UTF-8; a table of communities not yet recorded goes through gongshi import {name} --as communities",
    ),
    "E135": _m(
        "文件不是 UTF-8 编码，像是 {guess}",
        "表格在 Excel 里另存为「CSV UTF-8（逗号分隔）」；其他文件用记事本打开，另存为，编码选 UTF-8",
        "not UTF-8; looks like {guess}",
        "save as UTF-8",
    ),
    "E102": _m(
        "文件有 {value} 字节，超过上限 {limit} 字节",
        "拆成几个文件",
        "file has {value} bytes, limit {limit}",
        "split the file",
    ),
    "E103": _m(
        "这里不该有这个文件：{value}",
        "移走或删除；{allowed}",
        "unexpected file {value}",
        "move it away; {allowed}",
    ),
    "E104": _m(
        "不认识的文件夹：{value}",
        "改名或移走；可用的文件夹：{known}",
        "unknown folder {value}",
        "rename or move it; known: {known}",
    ),
    "E105": _m(
        "这是链接或特殊文件，不是普通文件",
        "换成文件本身",
        "a link or special file, not a regular file",
        "put the file itself here",
    ),
    "E106": _m(
        "打不开文件，或路径跑到了站点文件夹之外（{value}）",
        "把文件放进站点文件夹，并检查读取权限",
        "cannot be opened, or leaves the site's folder ({value})",
        "put it inside the site's folder and check permissions",
    ),
    "E107": _m(
        "文件里还有合并冲突的记号 {value}",
        "选定一边的内容，删掉三行冲突记号",
        "merge conflict marker {value}",
        "keep one side and delete the markers",
    ),
    "E108": _m(
        "文件里有看不见的控制字符 {value}",
        "删掉这个字符；在纯文本编辑器里重新输入这一行",
        "control character {value}",
        "delete it; type the line again in a plain editor",
    ),
    "E109": _m(
        "YAML 写法不对：{value}",
        "检查这一行和上一行的缩进、冒号后的空格和引号",
        "YAML syntax: {value}",
        "check indentation, the space after the colon, and quotes",
    ),
    "E110": _m(
        "同一个字段写了两次：{value}（第一次在第 {first} 行）",
        "删掉其中一处",
        "duplicate key {value} (first on line {first})",
        "delete one of the two",
    ),
    "E111": _m(
        "不支持 YAML 的锚点和引用：{value}",
        "把内容完整写出来；值里有 & 或 * 时加引号",
        "YAML anchors and aliases are not supported: {value}",
        "write the content out, or quote the value",
    ),
    "E112": _m(
        "不支持 YAML 的合并键 {value}",
        "把内容完整写出来",
        "YAML merge keys are not supported: {value}",
        "write the content out",
    ),
    "E113": _m(
        "不支持 YAML 的标签：{value}",
        "删掉标签；值以 ! 开头时加引号",
        "YAML tags are not supported: {value}",
        "delete the tag, or quote the value",
    ),
    "E114": _m(
        "一个文件里只能有一份 YAML，不能用 --- 分开，也不能用 % 指令",
        "分成几个文件，或写成列表（每条前加 - ）",
        "one document a file, no directives",
        "use several files or a list",
    ),
    "E115": _m(
        "嵌套超过 {limit} 层",
        "检查括号和缩进",
        "nested deeper than {limit}",
        "check brackets and indentation",
    ),
    "E116": _m(
        "一个值超过 {limit} 个字符，可能是引号没有收尾",
        "检查引号",
        "a value is longer than {limit} characters; perhaps an open quote",
        "check quotes",
    ),
    "E117": _m(
        "字段名必须是文字",
        "写成 字段: 值",
        "a key must be plain text",
        "write key: value",
    ),
    "E118": _m(
        "这里应是一条记录（字段: 值），或记录的列表",
        "空文件删掉；要写{type}，用 gongshi new {name} 编号 写一份样例照着改：每条若干行 字段: 值，多条时每条前加 - ",
        "expected one record, or a list of records",
        "delete an empty file; gongshi new {name} ID writes an example: key: value lines, several records start with - ",
    ),
    "E121": _m(
        "第 {row} 行有 {value} 格，表头有 {expected} 格",
        "检查这一行是否多了或少了逗号；值里有逗号时整格加英文双引号",
        "row {row} has {value} cells, the header has {expected}",
        "look for a missing or extra comma; quote cells that hold commas",
    ),
    "E122": _m(
        "{type}没有这一列：{value}",
        "可用的列：{known}",
        "{type} has no column {value}",
        "columns: {known}",
    ),
    "E123": _m(
        "列重复：{value}（第一次在 {first}）",
        "删掉其中一列",
        "duplicate column {value} (first in {first})",
        "delete one of the two",
    ),
    "E124": _m(
        "这一列没有列名",
        "补上列名，或删掉整列",
        "a column without a header",
        "name it or delete it",
    ),
    "E125": _m(
        "表格的引号没有配对",
        "从这一行往上找没有收尾的英文双引号",
        "unpaired quotes ({value})",
        "look upwards for an open double quote",
    ),
    "E126": _m(
        "表格是空的，连表头也没有",
        "第一行写列名；不需要这个文件就删掉",
        "empty table, no header",
        "write the headers or delete the file",
    ),
    "E127": _m(
        "列之间用的是分号或制表符",
        "改用英文逗号；原始表格用 gongshi import 导入",
        "columns are separated by semicolons or tabs",
        "use commas, or gongshi import",
    ),
    "E128": _m(
        "{value} 有内容，{first} 却是空的",
        "从 1 开始依次填写",
        "{value} is filled but {first} is empty",
        "fill the list from 1 on",
    ),
    "E129": _m(
        "缺少「{label}」这一列",
        "加上一列，第一行写 {field} 或 {label}",
        "column {field} is missing",
        "add it",
    ),
    "E130": _m(
        "第一行不是列名（{value}）",
        "删掉列名上面的标题行和空行；可用的列：{known}",
        "the first row holds no headers ({value})",
        "delete titles above the headers; columns: {known}",
    ),
    "E131": _m(
        "没有 data/site.yml，或者里面没有 字段: 值",
        "用 gongshi init 新建站点，或照说明补写这个文件",
        "data/site.yml is missing, or holds no key: value",
        "run gongshi init, or write the file",
    ),
    "E132": _m(
        "不要写 {value}",
        "没有就把这一行删掉；没有上限或下限写 不限；日期没有注明写 unknown",
        "do not write {value}",
        "leave the line out; write unlimited or unknown where the field allows it",
    ),
    "E133": _m(
        "这是表格软件留下的错误值 {value}",
        "回到原表查清后重新填写",
        "a spreadsheet error value {value}",
        "look it up and type it again",
    ),
    "E134": _m(
        "文件名不是 UTF-8 文字（{value}）",
        "改名",
        "a file name that is not UTF-8 ({value})",
        "rename it",
    ),
    "E136": _m(
        "链接或图片指不到任何页面和文件（{value}）",
        "改正文件名和路径：从这一页所在的文件夹写起，上一层写 ../；图片先放进 content/",
        "a link or picture that leads nowhere ({value})",
        "correct the path, counted from the folder of this page; put pictures into content/",
    ),
    "E137": _m(
        "那一页没有这个小标题（{value}）",
        "可以链接到的：{options}；手写页面在小标题后面写 {{#编号}}",
        "that page has no such anchor ({value})",
        "there are: {options}; in a hand-written page write {{#anchor}} behind the heading",
    ),
    "E138": _m(
        "页面一打开就要从别的网站取东西（{value}），谁在看、什么时候看，那个网站都知道",
        "图片存进 content/，照那里的文件名写；视频、地图改成链接，让人自己点开",
        "the page would fetch from another site ({value})",
        "put the picture into content/; make a video or a map a link",
    ),
    "E139": _m(
        "页面里不能有 {value}",
        "删掉，只用 Markdown：文字、表格、图片、链接；链接写站内的文件，或以 https://、mailto:、tel: 开头",
        "a page must not hold {value}",
        "delete it; links are files of the site, https://, mailto: or tel:",
    ),
    # E2 values
    "E201": _m(
        "缺少必填的{label}",
        "补上 {field}",
        "{field} is missing",
        "add {field}",
    ),
    "E202": _m(
        "没有这个字段：{value}",
        "字段名见数据字典，或 gongshi new 写的样例；不要的删掉",
        "unknown field {value}",
        "see the examples, or delete it",
    ),
    "E203": _m(
        "{label}要写成列表（{value}）",
        "每项一行，前面加 - ；每项是一组字段时照样例写",
        "{field} must be a list ({value})",
        "one entry a line, starting with - ",
    ),
    "E204": _m(
        "{label}只能填一个值，这里是{value}",
        "写成 {field}: {example}",
        "{field} takes one value",
        "write {field}: {example}",
    ),
    "E205": _m(
        "{label}的写法不合规定（{value}）",
        "照提示改写",
        "{field} is not in its written form ({value})",
        "write it as suggested",
    ),
    "E206": _m(
        "{label}要写成一组字段（{value}）",
        "换行缩进后写 字段: 值",
        "{field} must be a group of fields ({value})",
        "indent and write key: value",
    ),
    "E211": _m(
        "{label}不是合法的编号（{value}）",
        "用小写字母开头，只含小写字母、数字和单个连字符，3–40 个字符，如 {example}",
        "{field} is no valid id ({value})",
        "lower-case letters, digits and single hyphens, 3 to 40 characters, such as {example}",
    ),
    "E212": _m(
        "编号 {value} 是网站保留的",
        "换一个编号",
        "id {value} is reserved",
        "choose another id",
    ),
    "E213": _m(
        "{label}不是区划代码（{value}）",
        "县级 6 位、街道 9 位、社区 12 位数字，如 {example}",
        "{field} is no region code ({value})",
        "6, 9 or 12 digits, such as {example}",
    ),
    "E214": _m(
        "统一社会信用代码应为 18 位，不含 I、O、S、V、Z；这里是 {length} 位（{value}）",
        "对照营业执照重新输入",
        "a credit code has 18 characters without I, O, S, V, Z; this has {length} ({value})",
        "type it again from the licence",
    ),
    "E215": _m(
        "表格软件把信用代码改成了科学计数（{value}）",
        "把这一列设为文本，再从营业执照重新输入",
        "a spreadsheet turned the code into scientific notation ({value})",
        "set the column to text and type the code again",
    ),
    "E216": _m(
        "信用代码的校验位不对（{value}，末位是 {check}）",
        "对照营业执照逐位检查，常见的是 0 与 O、1 与 I、B 与 8 看错",
        "the check character is wrong ({value} ends in {check})",
        "compare with the licence character by character",
    ),
    "E217": _m(
        "文号的写法不对（{value}）",
        "年份用六角括号，如 {example}；没有文号就留空",
        "not a document number ({value})",
        "use brackets 〔〕, such as {example}; leave it out when there is none",
    ),
    "E218": _m(
        "不是网页地址（{value}）",
        "以 https:// 或 http:// 开头，不含空格和账号",
        "not a web address ({value})",
        "start with https:// or http://, no spaces, no user name",
    ),
    "E219": _m(
        "{label}应是 经度,纬度（{value}）",
        "如 {example}",
        "{field} must be longitude,latitude ({value})",
        "such as {example}",
    ),
    "E221": _m(
        "{label}第 {position} 个字符是看不见的 {char}（{value}）",
        "删掉它重新输入；要分行就用能分行的字段",
        "{field} has an invisible character {char} at {position} ({value})",
        "delete it and type again",
    ),
    "E222": _m(
        "{label}前后有空格，或是空的（{value}）",
        "删掉空格",
        "{field} has spaces around it, or is empty ({value})",
        "delete the spaces",
    ),
    "E223": _m(
        "{label}里有拆开书写的字符（{value}）",
        "重新输入",
        "{field} is not in NFC ({value})",
        "type it again",
    ),
    "E224": _m(
        "{label}不能以 {char} 开头（{value}）",
        "表格软件会把它当公式；在前面加文字，或删掉",
        "{field} must not start with {char} ({value})",
        "spreadsheets would run it as a formula; put a word before it",
    ),
    "E225": _m(
        "{label}有 {length} 个字，最多 {limit} 个（{value}）",
        "缩短，或分到备注里",
        "{field} has {length} characters, limit {limit} ({value})",
        "shorten it",
    ),
    "E226": _m(
        "名称里的括号应是全角（{value}）",
        "与营业执照一致",
        "brackets in a name must be full-width ({value})",
        "as on the licence",
    ),
    "E227": _m(
        "数据文件链接要以 https:// 开头，并含 {{path}}（{value}）",
        "如 https://git.example.cn/blob/main/{{path}}#L{{line}}",
        "source_template must be https:// and hold {{path}} ({value})",
        "such as https://git.example.cn/blob/main/{{path}}#L{{line}}",
    ),
    "E228": _m(
        "报告错误的地址要以 https://、mailto: 或 tel: 开头（{value}）",
        "改写地址",
        "report must be https://, mailto: or tel: ({value})",
        "write such an address",
    ),
    "E229": _m(
        "文件名称要带书名号（{value}）",
        "写全称，如 《物业管理条例》",
        "a document's title stands in 《》 ({value})",
        "write the full title in 《》",
    ),
    "E231": _m(
        "{label}应是金额，最多四位小数（{value}）",
        "只写阿拉伯数字，如 {example}；单位写在单位一栏；来源只给区间的填标准下限、标准上限，没有定的留空",
        "{field} must be an amount with at most 4 decimals ({value})",
        "digits only, such as {example}",
    ),
    "E232": _m(
        "{label}应是面积数（{value}）",
        "单位 ㎡，只写数字，如 {example}",
        "{field} must be an area in square metres ({value})",
        "digits only, such as {example}",
    ),
    "E233": _m(
        "{label}应是百分数（{value}）",
        "只写数字，不写 %，如 {example}",
        "{field} must be per cent ({value})",
        "digits only, such as {example}",
    ),
    "E234": _m(
        "{label}应是整数（{value}）",
        "只写数字，如 {example}，不写 户、栋、个",
        "{field} must be a whole number ({value})",
        "digits only, such as {example}",
    ),
    "E235": _m(
        "{label}应是百分数，或写 不限（{value}）",
        "如 {example}；没有限度写 不限",
        "{field} must be per cent or unlimited ({value})",
        "such as {example}, or unlimited",
    ),
    "E236": _m(
        "{label}应大于零（{value}）",
        "没有就留空",
        "{field} must be above zero ({value})",
        "leave it out when there is none",
    ),
    "E237": _m(
        "{label}应填 是 或 否（{value}）",
        "填 是 或 否",
        "{field} must be true or false ({value})",
        "write true or false",
    ),
    "E238": _m(
        "{label}没有这个选项（{value}）",
        "可填：{options}",
        "{field} has no option {value}",
        "one of: {options}",
    ),
    "E239": _m(
        "{label}应是数（{value}）",
        "只写阿拉伯数字，如 {example}；余、多、超写在约数原文里",
        "{field} must be a number ({value})",
        "digits only, such as {example}",
    ),
    "E241": _m(
        "{label}不是日期（{value}）",
        "写成 年-月-日，如 {example}",
        "{field} is no day ({value})",
        "YYYY-MM-DD, such as {example}",
    ),
    "E242": _m(
        "没有这一天（{value}）",
        "核对月份和日子",
        "no such day ({value})",
        "check month and day",
    ),
    "E243": _m(
        "{label}的年份不合常理（{value}）",
        "核对年份",
        "the year of {field} makes no sense ({value})",
        "check the year",
    ),
    "E244": _m(
        "{label}应是年、年-月或年-月-日（{value}）",
        "如 {example}；没有注明且字段允许时写 unknown",
        "{field} must be a year, month or day ({value})",
        "such as {example}",
    ),
    "E245": _m(
        "{label}不是 content/ 里的文件（{value}）",
        "只用小写字母、数字、连字符和斜线，以 .pdf、.jpg、.png、.webp 结尾，如 {example}",
        "{field} is no file of content/ ({value})",
        "such as {example}",
    ),
    "E246": _m(
        "{label}应是分值（{value}）",
        "只写数，如 {example}，不写 分、不写负号，最多 4 位小数；扣分项写扣了几分",
        "{field} must be points ({value})",
        "digits only, such as {example}",
    ),
    "E247": _m(
        "{label}应是零以上的数（{value}）",
        "只写数，如 {example}，不写 分、约，最多 4 位小数",
        "{field} must be a total ({value})",
        "digits only, such as {example}",
    ),
    "E248": _m(
        "{label}应是四位的年份（{value}）",
        "只写年，如 {example}",
        "{field} must be a year ({value})",
        "four digits, such as {example}",
    ),
    "E249": _m(
        "{label}不是短编号（{value}）",
        "小写字母开头，只用小写字母、数字和下划线，如 {example}；中文名称写在名称一栏，引用的地方只写编号",
        "{field} is no short id ({value})",
        "lower-case letters, digits and underscores, such as {example}",
    ),
    "E251": _m(
        "{label}不是可公开的电话（{value}）",
        "固定电话写区号和连字符，如 {example}；400 电话写成 400-123-4567",
        "{field} is no public telephone number ({value})",
        "such as {example}",
    ),
    "E252": _m(
        "{label}不是长途区号（{value}）",
        "如 {example}",
        "{field} is no area code ({value})",
        "such as {example}",
    ),
    "E253": _m(
        "{label}写得不对，或者只是占位的号（{value}）",
        "照登记写 10 位数字（前六位是区划代码）或 bm 加 8 位数字；不是政府网站、还没有登记，就删掉这一行，不可编造",
        "{field} is no real site identification code ({value})",
        "ten digits as registered, or bm and eight digits; remove the line where there is none",
    ),
    "E254": _m(
        "{label}写得不对，或者只是占位的号（{value}）",
        "照备案系统里的原样写，形如 {example}，同一备案的网站后面有 -1、-2；还没有备案就删掉这一行，不可编造",
        "{field} is no real ICP filing number ({value})",
        "copy it from the filing system; remove the line where there is none",
    ),
    "E255": _m(
        "{label}写得不对，或者只是占位的号（{value}）",
        "照备案通知里的原样写，形如 {example}（14 位数字）；还没有备案就删掉这一行，不可编造",
        "{field} is no real filing number of the public security ({value})",
        "copy it from the notice, 14 digits; remove the line where there is none",
    ),
    # E3 references
    "E301": _m(
        "{label}指向的{target}不存在（{value}）",
        "改成已有的编号，或先在 data/{folder}/ 里录入",
        "{target} {value} does not exist",
        "use an existing id, or add it under data/{folder}/",
    ),
    "E302": _m(
        "编号 {value} 已经用过（{first}）",
        "每条记录用自己的编号；整份文件重复了就删掉一份",
        "id {value} is taken ({first})",
        "give each record its own id; delete a copied file",
    ),
    "E303": _m(
        "总公司绕成了圈：{value}",
        "改正其中一个的总公司",
        "a circle of parents: {value}",
        "correct one of them",
    ),
    "E304": _m(
        "{label}要填编号，这里写的是名称（{value}）",
        "改为编号",
        "{field} takes an id, this is a name ({value})",
        "write the id",
    ),
    "E305": _m(
        "{label}要填编号，这里写的是名称（{value}），叫这个名称的{target}不止一个，或只是名称的一部分",
        "核对是哪一个，填它的编号：{options}",
        "{field} takes an id; several records have, or hold, the name {value}",
        "write one of: {options}",
    ),
    "E306": _m(
        "{label}要填{target}的编号（{value}）",
        "在 data/{folder}/ 里找到那一条，填它的编号；还没有就先录入",
        "{field} takes the id of a record ({value})",
        "look it up under data/{folder}/, or add it",
    ),
    # E4 rules
    "E401": _m(
        "区域的上级不对：{value}",
        "{level}的上级应是更高一级的区域",
        "wrong parent: {value}",
        "the parent of a {level} must be a higher region",
    ),
    "E402": _m(
        "代码 {value} 与代码体系不符",
        "GB/T 2260 为 6 位数字，与上级市同前四位；街道和社区与区县同前六位；没有代码的选 本站自编",
        "code {value} does not fit its code system",
        "GB/T 2260 codes have 6 digits and share four with their city",
    ),
    "E403": _m(
        "信用代码 {value} 与 {first} 重复",
        "同一家企业只留一条记录；分支机构有自己的代码",
        "credit code {value} is also in {first}",
        "one record a firm; a branch has its own code",
    ),
    "E404": _m(
        "企业名称「{value}」与 {first} 重复",
        "同一家企业只留一条记录，另一条的写法记在别名里",
        "name {value} is also in {first}",
        "one record a firm; put the other spelling into aliases",
    ),
    "E405": _m(
        "同一区域里小区「{value}」重复（{first}）",
        "确是两个物业管理区域就写明期、区，否则删掉一条",
        "community {value} is already in this region ({first})",
        "name the phase, or delete one",
    ),
    "E406": _m(
        "{value} 早于 {first}",
        "核对两个日期",
        "{value} is before {first}",
        "check both dates",
    ),
    "E407": _m(
        "小区在同一时间有两个现行服务关系：{value} 与 {first}",
        "给先结束的一条填上实际终止日期，不晚于后一条开始的那天；交接写在交接截止日期",
        "two current engagements at once: {value} and {first}",
        "give the earlier one its ended_on, or handover_until",
    ),
    "E408": _m(
        "{value}必须写明企业",
        "填企业编号；没有企业的，合同类型选自管或兜底",
        "{value} needs a firm",
        "add the firm, or choose self_managed or backstop",
    ),
    "E409": _m(
        "来源称无物业，却有现行服务关系 {value}",
        "删掉「来源称无物业」，或给服务关系填上终止日期",
        "no_provider contradicts engagement {value}",
        "remove no_provider, or end the engagement",
    ),
    "E411": _m(
        "单位「{value}」与计费方式「{basis}」不符",
        "可用的单位：{options}",
        "unit {value} does not fit {basis}",
        "one of: {options}",
    ),
    "E412": _m(
        "收费标准没有金额，也没有区间或分摊办法",
        "填金额；来源只给区间就填上下限；按用量、分摊计费填分摊办法",
        "neither an amount, a range nor a formula",
        "fill one of them",
    ),
    "E413": _m(
        "有了金额就不再填区间（{value}）",
        "来源给的是区间就不填金额",
        "an amount and a range exclude each other ({value})",
        "keep one",
    ),
    "E414": _m(
        "区间的下限大于上限，或只填了一边（{value}）",
        "核对上下限",
        "the range is reversed or one-sided ({value})",
        "check both ends",
    ),
    "E415": _m(
        "实际收费 {value} 超出政府指导价的浮动范围 {range}",
        "核对基准价、浮动幅度和实际收费；确经批准的填写超出幅度的依据",
        "{value} is outside the guide price's band {range}",
        "check the three numbers, or give exception_basis",
    ),
    "E416": _m(
        "押金没有退还办法",
        "填退还办法，如 完工验收后 15 日内退还",
        "a deposit without a refund rule",
        "fill refund_rule",
    ),
    "E417": _m(
        "两条收费标准在时间上重叠：{value} 与 {first}",
        "给旧的一条填执行日期止，须早于新标准开始的日期",
        "overlapping fee standards: {value} and {first}",
        "end the older one before the newer begins",
    ),
    "E418": _m(
        "{value}的合计 {sum} 不等于收费标准 {amount}",
        "核对各项金额",
        "{value} add up to {sum}, not {amount}",
        "check the amounts",
    ),
    "E419": _m(
        "代收代缴不得收取手续费（{value} 元）",
        "删去手续费（物业管理条例第四十四条）",
        "no handling fee may be charged ({value})",
        "delete it (物业管理条例 44)",
    ),
    "E420": _m(
        "总分保留 {value} 位小数，太多了",
        "填 0 到 {expected}",
        "{value} decimal places are too many",
        "0 to {expected}",
    ),
    "E421": _m(
        "等级的序号 {value} 不在 1 到 {of} 之间",
        "核对序号和级数",
        "rank_order {value} is not within 1 to {of}",
        "check both",
    ),
    "E422": _m(
        "同一标准里有两个第 {value} 级（{first}）",
        "核对序号",
        "rank_order {value} is also in {first}",
        "check rank_order",
    ),
    "E423": _m(
        "同一标准的级数或方向前后不一（{value} 与 {first}）",
        "同一标准的各级填一样的级数和序号方向",
        "grades of one scheme disagree ({value}, {first})",
        "same of and higher_is_better for one scheme",
    ),
    "E424": _m(
        "填了{label}却没有实际终止日期",
        "补上实际终止日期（ended_on），或删掉{label}",
        "{field} without ended_on",
        "fill ended_on",
    ),
    "E425": _m(
        "约数没有原文",
        "照来源的写法填约数原文，如 2000余",
        "approx without display",
        "write the source's wording into display",
    ),
    "E426": _m(
        "号码 {value} 与类别「{kind}」不符",
        "改类别或号码，如 {example}",
        "{value} is no {kind}",
        "change the kind or the number, such as {example}",
    ),
    "E427": _m(
        "工作手机没有同意公开编号",
        "填同意公开编号（consent_ref）；没有同意就改用固定电话",
        "a work mobile without consent_ref",
        "fill consent_ref, or use a landline",
    ),
    "E428": _m(
        "区号 {area} 的固定电话应为 {digits} 位（{value}）",
        "核对号码",
        "landlines of {area} have {digits} digits ({value})",
        "check the number",
    ),
    "E429": _m(
        "两条政府指导价在时间上重叠：{value} 与 {first}",
        "给旧的一条填执行日期止",
        "overlapping guide prices: {value} and {first}",
        "end the older one",
    ),
    "E430": _m(
        "区域不能撤下（{label}：{value}）",
        "区域一直有效；删掉{label}",
        "a region cannot be taken off the site ({value})",
        "delete this field",
    ),
    "E431": _m(
        "服务事项「{value}」另外收费，却没有写明收费标准",
        "填收费标准的编号（fee_standard）；没有这条收费标准就先录入",
        "{value} is charged for, without a fee standard",
        "fill fee_standard",
    ),
    "E432": _m(
        "收费标准 {value} 是另一个小区的（{first}）",
        "填这个小区自己的收费标准",
        "fee standard {value} belongs to another community ({first})",
        "use one of this community",
    ),
    "E433": _m(
        "既说含在物业费内，又填了收费标准 {value}",
        "含在物业费内就删掉收费标准；另外收费就把「含在物业费内」改为 否",
        "included in the fee and yet has fee standard {value}",
        "keep one of the two",
    ),
    "E434": _m(
        "公开承诺「{value}」要停止，却没有更正说明",
        "填更正说明（correction）：日期、更正内容、原因；承诺是合同的一部分（民法典第九百三十八条）",
        "public promise {value} ends without a correction",
        "fill correction: a promise is part of the contract (Civil Code 938)",
    ),
    "E435": _m(
        "频次不完整：{per}，{value}",
        "每日、每周等要填次数；按需不填次数",
        "incomplete frequency: {per}, {value}",
        "give n, except on demand",
    ),
    "E436": _m(
        "异议没有写清是对什么：上榜记录、评价结果填一个，只填一个",
        "对上榜有异议的填 entry，对得分、名次有异议的填 result",
        "an objection is about an entry or about a result",
        "fill either entry or result",
    ),
    "E437": _m(
        "这一步已经走了，却没有填：{value}",
        "补上；还没有走到的，把受理、处理结果、决定这几栏先空着",
        "this step was taken but lacks: {value}",
        "fill them, or leave the step itself out",
    ),
    "E438": _m(
        "异议成立，上榜记录 {value} 却还是{first}",
        "把上榜记录改为 已移出（移出原因填 异议成立）或 已更正；还没有列入的，数据状态改为 已撤回",
        "the objection was upheld but entry {value} still stands ({first})",
        "remove, correct or withdraw the entry",
    ),
    "E439": _m(
        "措施「{value}」和{first}的好坏相反",
        "奖励只跟着褒扬的榜，处置只跟着提醒、警示的榜；核对措施和上榜记录",
        "measure {value} does not fit list {first}",
        "advantages follow good lists only",
    ),
    "E440": _m(
        "又有答复，又写着到 {value} 没有收到答复",
        "有答复的删掉 未收到答复（no_reply_by）；没有的删掉 答复 和 答复日期",
        "a reply, and the absence of one by {value}",
        "keep one of the two",
    ),
    "E441": _m(
        "适用区域、小区、企业要填一个，只填一个（{value}）",
        "主管部门公布的填适用区域；小区自己的填小区；企业统一的填企业",
        "exactly one of region, community and firm ({value})",
        "keep one",
    ),
    "E442": _m(
        "{value}流程没有步骤",
        "至少填一步：由谁办、做什么、时限依据",
        "no steps ({value})",
        "fill at least one step",
    ),
    "E443": _m(
        "时限与时限依据对不上（{value}）",
        "有时限的，依据填 合同、公开承诺 或 规定；没有规定时限的，依据填 未规定，时限不填",
        "limit and limit_basis disagree ({value})",
        "none means no limit; a limit needs a basis",
    ),
    "E444": _m(
        "时限依据是规定，却没有写是哪个规定",
        "填依据名称（limit_source）：文件和条款",
        "the limit rests on a rule that is not named",
        "fill limit_source",
    ),
    "E445": _m(
        "一条渠道填电话、地点、网址中的一个（{value}）",
        "几个渠道分成几条",
        "a channel is one of phone, place and url ({value})",
        "use several entries",
    ),
    "E446": _m(
        "同一范围的「{value}」流程重复（{first}）",
        "合成一条，或撤下旧的",
        "procedure {value} is already there ({first})",
        "merge them, or withdraw the old one",
    ),
    "E447": _m(
        "机构「{value}」与由谁办（{first}）不符",
        "换成对的机构；由物业服务企业或 12345 办的不填机构",
        "organization {value} does not fit actor {first}",
        "name a body of that kind, or none",
    ),
    "E448": _m(
        "「{value}」的{first}要看连续几期，前面却有一期既没有结果，也没有写明未评",
        "补录那一期；没有评的补一条阶段是 本期未评 的期次，写明原因",
        "{first} of {value} looks at periods in a row, and one before is neither held nor declared",
        "add that edition, or one that says it was not held",
    ),
    "E449": _m(
        "措施「{value}」没有写由谁做",
        "填机构编号（actor）；本站没有这个机构的填名称（actor_name）",
        "measure {value} does not say by whom",
        "fill actor or actor_name",
    ),
    "E450": _m(
        "状态是{value}，却没有更正说明",
        "填更正说明（correction）：日期、更正内容、原因",
        "state {value} without a correction",
        "fill correction",
    ),
    "E451": _m(
        "依据没有名称",
        "填名称（title）；本站有这份文件的，填政策文件的编号（document）",
        "a basis without a name",
        "fill title or document",
    ),
    "E452": _m(
        "content/ 里没有这个文件（{value}）",
        "把文件放进 content/，或改正路径",
        "content/ has no file {value}",
        "put it there, or correct the path",
    ),
    "E453": _m(
        "公示期的天数和口径要一起填（只填了{value}）",
        "补上另一个；规定没有写天数就两个都不填",
        "min_days and day_kind belong together (only {value})",
        "fill both or none",
    ),
    "E454": _m(
        "文件不能修改、废止或配套它自己（{value}）",
        "填另一份文件的编号",
        "a document is related to itself ({value})",
        "name another document",
    ),
    "E455": _m(
        "同一个对象在一期里上了两个榜：{value} 和 {first}",
        "只留对的一条，另一条的数据状态改为 已撤回；因为异议成立或撤销而移出的不算",
        "one subject on two lists of one edition: {value}, {first}",
        "keep one and withdraw the other",
    ),
    "E456": _m(
        "「{value}」触发了一票否决，不能上{first}",
        "核对一票否决是不是真的触发；触发了就撤下这条上榜记录",
        "{value} was vetoed and cannot be on {first}",
        "withdraw the entry, or correct the result",
    ),
    "E457": _m(
        "按办法重算，「{value}」应列入{first}，却没有这条上榜记录",
        "核对得分和规则，补上上榜记录；主管部门确认不列入的，在评价结果里写明原因（override_reason）",
        "by the scheme {value} belongs on {first}, but there is no entry",
        "add it, or give override_reason in the result",
    ),
    "E458": _m(
        "「{value}」在{first}上，按办法重算是：{expected}",
        "核对得分、规则和榜单；主管部门确认的，在上榜记录里写明原因（override_reason）",
        "{value} is on {first}, recomputed: {expected}",
        "check, or give override_reason in the entry",
    ),
    "E459": _m(
        "这条上榜记录的对象在期次 {value} 里没有评价结果",
        "核对期次和对象；没有录的补上评价结果",
        "the subject has no result in edition {value}",
        "check both, or add the result",
    ),
    "E460": _m(
        "状态是{value}，和移出日期、移出原因对不上",
        "移出的：状态填 已移出，日期和原因都填；没有移出的：日期和原因都不填",
        "state {value}, removed_on and removed_reason disagree",
        "fill all three, or neither date nor reason",
    ),
    "E461": _m(
        "统计「{value}」没有来源",
        "填信息来源（content_source）或来源链接（source_url）；全站缺省的来源不算，一个数要有自己的出处",
        "figure {value} has no source",
        "fill content_source or source_url",
    ),
    "E462": _m(
        "约数原文 {value} 里没有数值 {number} 或单位 {unit}",
        "照来源原样写，数值和单位都写上，如 2000余个",
        "{value} does not hold {number} and {unit}",
        "copy the source's wording",
    ),
    "E463": _m(
        "同一区域、同一期间的指标 {value} 重复（{first}）",
        "删掉一条；不同期的写明统计期间或截止日期",
        "metric {value} stands twice ({first})",
        "delete one, or give the period",
    ),
    "E464": _m(
        "{value} 不能与这项比较：指标或单位不同（{unit}、{first}）",
        "只填指标编号和单位都相同、口径经人核实过的统计",
        "{value} cannot be compared: another metric or unit ({unit}, {first})",
        "same metric and unit only",
    ),
    "E465": _m(
        "所属机制「{value}」在{first}，不包括这项统计的区域",
        "填同一个市的机制",
        "mechanism {value} belongs to {first}, not to the figure's region",
        "name a mechanism of the same city",
    ),
    "E466": _m(
        "同一区域的体系有两个名称：{value} 与 {first}",
        "全市统一写一个",
        "two names for one system: {value}, {first}",
        "use one",
    ),
    "E467": _m(
        "用了「{value}」这样的说法，却没有法律、法规依据",
        "换一个说法，性质一栏填 不属于失信信息；真有依据的，依据里填政策文件编号，那份文件的效力级别要是法律、法规或党中央、国务院政策文件",
        "the word {value} without a law or regulation as basis",
        "reword, or name such a document in basis_docs",
    ),
    "E468": _m(
        "「{value}」不能由这一方做",
        "只能由{expected}做：换成对的机构；本站没有这个机构的，名称照它的全称写",
        "{value} is not for this body",
        "it is for {expected} alone",
    ),
    "E469": _m(
        "「{value}」没有法律、法规依据",
        "依据里填政策文件编号，那份文件的效力级别要是法律、法规或党中央、国务院政策文件；考核办法不够",
        "{value} without a law or regulation as basis",
        "name such a document in basis_docs",
    ),
    "E470": _m(
        "分值或权重加起来是 {value}，应是 {expected}",
        "核对每一项；来源没有公布权重的，一项也不要填",
        "weights or full marks make {value}, not {expected}",
        "check each; leave all out where the source gives none",
    ),
    "E471": _m(
        "等级「{value}」和「{first}」之间有空档或重叠",
        "一级的上限就是上一级的下限，这个分数只归其中一级（含上限、含下限）；分数段相同的两级，靠前的要写 还要满足（when）",
        "levels {value} and {first} leave a gap or overlap",
        "let bounds meet, included on one side only",
    ),
    "E472": _m(
        "办法里没有{label}「{value}」",
        "可以填的：{known}",
        "the scheme has no {label} {value}",
        "one of: {known}",
    ),
    "E473": _m(
        "编号 {value} 用了两次",
        "改掉一个；等级和榜单的编号也不能相同",
        "id {value} stands twice",
        "change one",
    ),
    "E474": _m(
        "条件「{value}」填得不对",
        "除了条件，填、并且只填：{expected}",
        "condition {value} is not whole",
        "besides the test it needs exactly: {expected}",
    ),
    "E475": _m(
        "条件「{value}」放在{first}上，方向反了",
        "褒扬的榜用前几名、不低于、高于；提醒、警示的榜用后几名、不满、不高于",
        "condition {value} runs against list {first}",
        "good lists look up, bad ones down",
    ),
    "E476": _m(
        "用了「{value}」，却没有写停评一期怎么算",
        "填停评一期（gaps）：跳过，前后算连续（skips），或中断（breaks）",
        "{value} without gaps",
        "fill gaps: skips or breaks",
    ),
    "E477": _m(
        "维度「{value}」没有满分",
        "填满分（max）",
        "dimension {value} has no full marks",
        "fill max",
    ),
    "E478": _m(
        "接替的办法不对（{value}）",
        "要填更早的一版：同一区域、评同一种对象，也不能绕回自己",
        "{value} cannot be superseded",
        "name an earlier version for the same region and kind of subject",
    ),
    "E479": _m(
        "一票否决「{value}」的后果和目标对不上",
        "直接列入的填榜单编号，等级不高于的填等级编号（target）；不排名的不填",
        "veto {value}: effect and target disagree",
        "name a list or a level; none for exclude",
    ),
    "E480": _m(
        "同一办法、同一区域的「{value}」已经有一期（{first}）",
        "只留一条；更正已封存的期次用 gongshi correct",
        "an edition of {value} is already there ({first})",
        "keep one; use gongshi correct for a sealed one",
    ),
    "E481": _m(
        "阶段是{value}，却没有{label}",
        "补上；还没有定下来的，阶段改回 公示中 或 异议处理",
        "phase {value} without {label}",
        "fill it, or go back to an earlier phase",
    ),
    "E482": _m(
        "阶段（{value}）和未评的原因对不上",
        "本期未评的要写未评的原因（not_held_reason）；评了的不写",
        "phase {value} and not_held_reason disagree",
        "fill it exactly for not_held",
    ),
    "E483": _m(
        "{value}上有没有人，期次和上榜记录说得不一样",
        "没有人上榜的，空榜（empty_lists）里写上这个榜，页面印「本期无」；有人的从空榜里删掉",
        "{value}: the edition and the entries disagree about whether it is empty",
        "put empty lists into empty_lists, and only those",
    ),
    "E484": _m(
        "参评总数写的是 {value}，有得分的评价结果是 {number} 条",
        "核对有没有漏录；未参评的不算在内",
        "{value} participants, {number} results",
        "check; those not assessed do not count",
    ),
    "E485": _m(
        "榜单期次「{value}」不能有停止公示日期",
        "删掉 display_until；到期撤下的是上榜记录，期次一直在",
        "edition {value} has display_until",
        "delete it; entries have one",
    ),
    "E486": _m(
        "对象应是{value}，填得不对",
        "填、并且只填：{expected}",
        "the subject should be: {value}",
        "fill exactly: {expected}",
    ),
    "E487": _m(
        "「{value}」不在{first}",
        "核对对象和期次的区域",
        "{value} is not in {first}",
        "check the subject and the region",
    ),
    "E488": _m(
        "「{value}」在{first}没有服务过这里的小区",
        "填评价期内服务的企业，不是现在的；服务关系没有录的先录",
        "{value} served no community here in {first}",
        "name the firm of that time, or record its engagement",
    ),
    "E489": _m(
        "「{value}」在这一期里有两条评价结果",
        "只留一条",
        "{value} has two results in this edition",
        "keep one",
    ),
    "E490": _m(
        "「{first}」缺得分：{value}",
        "补上；主管部门没有公布分项的，把期次的「公布了什么」（detail）改为 总分 或 只有名单",
        "{first} lacks {value}",
        "fill it, or change the edition's detail",
    ),
    "E491": _m(
        "{label}得分 {value} 超过满分 {expected}",
        "核对得分",
        "{label}: {value} is over {expected}",
        "check the score",
    ),
    "E492": _m(
        "「{first}」公布的{label}是 {value}，按办法重算是 {expected}",
        "核对抄录、得分和办法；公布的确是这样的不要改，报主管部门确认后写明原因（override_reason）",
        "{first}: {label} published as {value}, recomputed {expected}",
        "check the copy; where it was published so, have it settled and give override_reason",
    ),
    "E493": _m(
        "「{value}」的一票否决和它的事实要一起填",
        "触发的一票否决（vetoes）和一票否决的事实（veto_reason）都填，或者都不填",
        "{value}: a veto and its facts belong together",
        "fill vetoes and veto_reason, or neither",
    ),
    "E494": _m(
        "信用修复和上榜记录 {value} 说得不一样",
        "同意修复的：填修复后停止公示（stop_display_on），上榜记录改为 已移出，移出日期不晚于那天；没有同意的，移出原因不能填 信用修复",
        "repair and entry {value} disagree",
        "a granted repair has a day and the entry is removed by then",
    ),
    "E495": _m(
        "「{value}」写着未参评，却有得分、名次或等级",
        "参评了就删掉未参评的原因；没有参评就删掉得分、名次和等级",
        "{value} was not assessed but has scores",
        "delete one of the two",
    ),
    "E496": _m(
        "{label}的扣分加起来是 {value}，比少掉的分 {expected} 还多",
        "核对扣分明细和这一项的得分",
        "deductions of {label} make {value}, more than the {expected} missing",
        "check the deductions and the score",
    ),
    "E497": _m(
        "列入{first}缺少：{options}",
        "补齐才能公布；还没有走完的，先把数据状态改为 草稿",
        "an entry on {first} lacks: {options}",
        "fill them; without due process it cannot be published",
    ),
    "E498": _m(
        "先后不对：{value} {expected} {first}",
        "核对日期：先告知，再等答复，再决定，再列入，再采取措施，最后停止公示",
        "out of order: {value}, {first}",
        "notice, reply, decision, listing, measures, end",
    ),
    "E499": _m(
        "停止公示日期 {value} 超过办法规定的有效期",
        "改为不晚于 {expected}",
        "display_until {value} is after what the scheme allows",
        "no later than {expected}",
    ),
    # E5 privacy
    "E501": _m(
        "{label}里有身份证号码",
        "删掉：身份证号码不得公开，打码也不行",
        "{field} holds a resident's id number",
        "delete it; it must not be published, even masked",
    ),
    "E502": _m(
        "{label}里有手机号码",
        "删掉或改用固定电话；工作手机写在电话的号码里，11 位数字连着写，并填同意公开编号",
        "{field} holds a mobile number",
        "delete it or use a landline; a work mobile goes into a phone with consent_ref",
    ),
    "E503": _m(
        "{value}是个人，要写受表彰的人，并且有本人同意公开的编号",
        "填受表彰的人（recipient，按本人同意的写法）和同意公开编号（consent_ref）；没有同意就不公布",
        "{value} without the name or the person's consent",
        "fill recipient and consent_ref, or do not publish",
    ),
    "E504": _m(
        "{label}里有一户人家的门牌，旁边写着人、金额或欠费",
        "删掉门牌，只写合计或哪一栋；物业用房、办公室的地址另写一句",
        "{field} holds a home's door beside a person, an amount or a debt",
        "delete the door; write the address of an office in a sentence of its own",
    ),
    "E505": _m(
        "{label}里有{what}",
        "删掉：凭它找得到一个人；要让人联系，写固定电话",
        "{field} holds a plate, a bank account or the id of a chat account",
        "delete it; use a landline",
    ),
    "E506": _m(
        "{label}里像是有人的姓名（{value}）",
        "不写是谁，只写类别、比例或合计",
        "{field} reads as a person's name ({value})",
        "write the class, the share or the total",
    ),
    "E507": _m(
        "{label}写的是「{value}」，不是同意公开的编号",
        "填单位存档的编号；还没有同意的，先不公布",
        "{field} says {value}, which is no consent on file",
        "fill the number on file, or do not publish",
    ),
    # E6 integrity
    "E601": _m(
        "两个文件要放到同一个地址：{value}",
        "给 content/ 里的页面换个文件名",
        "two files want the same address: {value}",
        "rename the page under content/",
    ),
    "E602": _m(
        "封存的日志和写下时不一样：{options}",
        "从 git 或备份恢复 data/log/，不要手改；要改已封存的一期，用 gongshi correct、revise、withdraw 或 forget",
        "the log of seals is not what was written: {options}",
        "restore data/log/ from git or a backup; never edit it by hand",
    ),
    "E603": _m(
        "{value}和日志对不上：{options}",
        "从 git 或备份恢复 data/sealed/ 和 data/log/；写到一半中断的新版，删掉它的文件夹再来一次",
        "{value} and the log do not fit: {options}",
        "restore data/sealed/ and data/log/ from git or a backup; delete a half-written new version",
    ),
    "E604": _m(
        "封存的文件夹里少了文件或多了文件：{options}",
        "少了的从 git 或备份恢复，多出来的移走；封存的文件夹里只放封存时写下的文件",
        "a sealed folder lacks a file or has one too many: {options}",
        "restore what is missing, move away what does not belong",
    ),
    "E605": _m(
        "封存的内容被改动：{options}",
        "从 git 或备份恢复；封存错了的，改记录，再用 gongshi correct 封存新的一版",
        "sealed content was changed: {options}",
        "restore it; if the seal was wrong, change the records and use gongshi correct",
    ),
    "E606": _m(
        "封存的名称不见了：{options}",
        "从 git 或备份恢复；依法要撤下的，用 gongshi forget，日志里要有记录",
        "a sealed name is gone: {options}",
        "restore it; to take a name down lawfully use gongshi forget",
    ),
    "E607": _m(
        "封存的名次和按封存的办法重算的不一样：{options}",
        "从 git 或备份恢复；公布的就是这样的，在记录里写明 override_reason，再用 gongshi correct 封存",
        "a sealed rank does not follow from the sealed scores: {options}",
        "restore it; or give override_reason in the records and use gongshi correct",
    ),
    "E608": _m(
        "封存的页面和封存的表不一样：{options}",
        "从 git 或备份恢复；撤下名称做到一半的，再运行一次 gongshi forget",
        "a sealed page and its table differ: {options}",
        "restore it; run gongshi forget again if it was interrupted",
    ),
    "E611": _m(
        "{value} 已封存，记录和封存的不一样：{options}",
        "改错了就改回来；更正用 gongshi correct {value}，修订用 gongshi revise {value}",
        "{value} is sealed and its records say something else",
        "undo the change, or use gongshi correct or gongshi revise",
    ),
    "E612": _m(
        "{value} 已封存，记录里却没有这一期了",
        "把这一期的记录恢复，状态写 已发布；不再作数的，用 gongshi withdraw {value} 版次 撤回，记录照样留着",
        "{value} is sealed, but there is no such edition among the records",
        "restore its records; to withdraw a version, use gongshi withdraw and keep the records",
    ),
    # E7 accounts
    "E701": _m(
        "{label}应是以元为单位的金额，不为负，整数最多十位，小数最多两位（{value}）",
        "只写数，如 {example}，不写 元、万、逗号和正负号",
        "{field} must be an amount in yuan, not below zero, with at most 10 digits and 2 decimals ({value})",
        "digits only, such as {example}",
    ),
    "E702": _m(
        "净收益 {number} 元对不上：{reckoned}，应为 {expected} 元，{difference} 元",
        "对照原报表，看净收益、收入、成本、管理费哪一个数抄错了，或漏了一项",
        "net {number} does not follow from income, costs and share: {expected}",
        "compare with the report",
    ),
    "E703": _m(
        "{label} {number} 元对不上：{reckoned}，应为 {expected} 元，{difference} 元",
        "对照原报表，看哪一个数抄错了，或漏了一项",
        "closing balance {number} does not follow: {expected}",
        "compare with the report",
    ),
    "E704": _m(
        "{label} {number} 元不等于{value}的期末 {expected} 元（{first}），{difference} 元",
        "两期里抄错的改过来；上一期更正过的，写更正说明",
        "opening balance {number} is not the closing balance {expected} of the period before ({first})",
        "correct whichever is wrong",
    ),
    "E705": _m(
        "{value}和另一期重叠：同一小区的{type}（{first}）",
        "核对两期的起止；季度报告之外又有全年报告的，只录季度的",
        "{value} overlaps another report ({first})",
        "correct the periods",
    ),
    "E706": _m(
        "{value}录了两次：同一小区、同一期间的{type}已经有一条（{first}）",
        "留一条；更正过的，旧的一条数据状态写 已更新",
        "{value} is recorded twice ({first})",
        "keep one",
    ),
    "E707": _m(
        "支出「{value}」没有写是谁决定的",
        "填决定，如 业委会2026年第4号决定；公共收益归全体业主，用在哪里由业主决定（民法典第 278、282 条）",
        "use {value} names no decision",
        "name the owners' decision",
    ),
    "E708": _m(
        "管理费 {number} 元与比例 {pct} 不符：收入合计 {value} 元的 {pct} 是 {expected} 元，{difference} 元",
        "金额和比例哪一个抄错了改哪一个；不是按收入合计算的，比例不填，在依据里写明怎么算",
        "share {number} is not {pct} of {value}: {expected}",
        "correct the amount or the per cent",
    ),
    "E709": _m(
        "已交户数 {value} 多于应交户数 {first}",
        "两格可能填反了；一户交几次的，只算一户",
        "{value} households paid, of {first}",
        "the two may be swapped",
    ),
    "E710": _m(
        "本期实收 {value} 元多于本期应收 {first} 元",
        "收到的以前的欠费，填收回以前欠费（received_prior）；预收下一期的，不算在这一期",
        "{value} received for the period, {first} due",
        "what was paid of old debts belongs in received_prior",
    ),
    "E711": _m(
        "已交户数 {value} 和本期实收 {first} 元说的不是一回事：一个是零，一个不是",
        "核对两个口径：有钱收到，就有户交了",
        "{value} households paid, {first} received",
        "either both are zero or neither",
    ),
    "E712": _m(
        "{label}：金额 {number} 元不等于用量乘单价，{value} = {expected} 元，{difference} 元",
        "核对读数、单价和金额；四舍五入到分",
        "{label}: amount {number} is not usage × price: {expected}",
        "check the three",
    ),
    "E713": _m(
        "{label}：分摊结果 {number} 不对，{value} = {expected}",
        "核对金额和分摊户数（面积）；印几位小数就四舍五入到几位",
        "{label}: share {number} is not {value} = {expected}",
        "check amount and denominator",
    ),
    "E714": _m(
        "{label}：分摊算不出来",
        "元/户 填分摊户数，元/㎡ 填分摊面积，只填一个；分摊结果和分摊单位都要写",
        "{label}: the share cannot be reckoned",
        "give share, unit and the one denominator that the unit names",
    ),
    "E715": _m(
        "「{value}」在{first}没有服务过这个小区",
        "填那一期服务的企业，不是现在的；服务关系没有录的先录",
        "{value} did not serve here in {first}",
        "name the firm of that time",
    ),
    "E716": _m(
        "不足 10 户，不能公布：{label}",
        "这几格清空，不足 10 户填 是；户数太少，合计就等于公布了一家一户的缴费",
        "fewer than 10 households: {label} must not be published",
        "leave the figures out and set too_few",
    ),
    "E717": _m(
        "缴纳情况不完整，缺：{label}",
        "金额口径和户数口径都要填；不足 10 户的，只填不足 10 户（too_few）",
        "collection is incomplete: {label}",
        "give both bases, or too_few",
    ),
    "E718": _m(
        "满意率 {value} 没有写怎么调查、调查了多少户",
        "填调查办法和调查户数；不知道的，不要公布满意率",
        "satisfaction {value} without method or sample",
        "give both, or leave it out",
    ),
    "E719": _m(
        "经过审计和审计机构（{value}）对不上",
        "经过审计的写审计机构；没有审计的，两格都不填",
        "audited and auditor ({value}) do not agree",
        "give both or neither",
    ),
    "E720": _m(
        "有指标不合格（{value}），结论却是合格",
        "照检测报告改结论",
        "items failed ({value}) but the result is a pass",
        "correct the result",
    ),
    "E721": _m(
        "{value} 不在这一期里（{first}）",
        "核对日期；是别的一期的，移到那一期",
        "{value} lies outside the period ({first})",
        "correct the day or move the work",
    ),
    "E722": _m(
        "各项维修更换合计 {value} 元，多于支出 {first} 元，多 {difference} 元",
        "支出是这一期的合计，包括例行保养；核对哪一个数抄错了",
        "works of {value} exceed the cost of {first}",
        "correct whichever is wrong",
    ),
    "E723": _m(
        "{label} {value} 件，多于{first}（{number}）",
        "核对两格；上一期接的，不算在这一期",
        "{label} {value} exceeds {first} ({number})",
        "correct whichever is wrong",
    ),
    "E724": _m(
        "不能有「{value}」：这里只放合计，不放哪一户、哪一个人",
        "整列（整项）删掉；一家一户的缴费、欠费和姓名在哪里都不能公开，原表不要放进 data/",
        "{value} names owners or doors; only totals are published",
        "delete it",
    ),
    # E725 to E729 periods, days and figures
    "E725": _m(
        "「{value}」是 {expected}，起止却是 {first}",
        "名称和起止哪一个错了改哪一个；不是整月、整季、整年的，名称写清楚从哪天到哪天",
        "{value} means {expected}, but the days are {first}",
        "correct the name or the days",
    ),
    "E726": _m(
        "{label} {value} 晚于数据截止日期 {first}：还没有到的日子，不能写成已经发生",
        "核对日期；确实发生了的，把数据截止日期（as_of）改到那一天或以后",
        "{label} {value} lies after the day the data is of ({first})",
        "check the day, or move as_of",
    ),
    "E727": _m(
        "{value} 像是加出来的：{options}；各地数的不是一回事，不能相加",
        "删掉这一条；来源自己公布了合计、口径相同的，在可比指标（comparable_with）里填各地那几条的编号",
        "{value} is the sum of {options}, whose categories differ",
        "delete it, or name them in comparable_with once somebody has found them equal",
    ),
    # E730 to E749 deliberation
    "E730": _m(
        "{label}像是一个人的姓名或称呼（{value}）",
        "写单位或岗位，不写是谁，如 物业项目负责人、社区居委会；确是单位的写全称",
        "{field} reads as a person's name ({value})",
        "write the body or the post in full",
    ),
    "E731": _m(
        "先后不对：{value}，{first}",
        "先提出，再事前、事中、事后，各有自己的公示起（posted_from），一个比一个晚",
        "out of order: {value}, {first}",
        "before, during and after each begin on a later day",
    ),
    "E732": _m(
        "已经办结，却没有{value}",
        "补上；还没有办结的，删掉办结日期",
        "closed without {value}",
        "fill it, or remove closed_on",
    ),
    "E733": _m(
        "写了提请，却没有{value}",
        "补上；没有提请的，两格都空着",
        "escalated without {value}",
        "fill both or neither",
    ),
    "E734": _m(
        "开了{value}，却没有议题",
        "填议题（topics）或议事事项（matters）；只是会议制度的，删掉召开日期",
        "{value} without a topic",
        "fill topics or matters; for a standing arrangement remove held_on",
    ),
    "E735": _m(
        "议事事项 {value} 是{first}的，不归这个会议",
        "核对事项编号；议几个小区的事，小区留空，只填区域",
        "matter {value} belongs to {first}, not to this meeting",
        "check the id; leave community out where several are concerned",
    ),
    "E736": _m(
        "{value}不在{first}里",
        "核对小区和区域：区域填小区所在的社区、街道、区县或市",
        "{value} is not in {first}",
        "check community and region",
    ),
    "E737": _m(
        "{value}：小区和区域要填一个，而且只填一个",
        "统计一个小区填小区（community），统计一个街道或区县填区域（region）",
        "{value}: exactly one of community and region",
        "fill one of them",
    ),
    "E738": _m(
        "同一个地方的「{value}」已经有了（{first}）",
        "留一条，另一条改统计期间或删掉",
        "counts for {value} stand already ({first})",
        "keep one",
    ),
    "E739": _m(
        "越往后越多了：{value} 多于 {first}",
        "点单、派单、接单、办结，后一步不多于前一步；上一期留下来的，算在点单的那一期",
        "counts grow along the way: {value} after {first}",
        "count each request in the period in which it was made",
    ),
    "E740": _m(
        "节点的先后不对：{value} 早于 {first}",
        "核对日期，或调整节点的先后",
        "milestones out of order: {value} is before {first}",
        "check the days or the order",
    ),
    "E741": _m(
        "进度是完成，还有节点没有完成日期：{value}",
        "补上完成日期（done_on）；没有做完的，进度改为 进行中 或 延期",
        "done, but milestones are not: {value}",
        "fill done_on, or change progress",
    ),
    "E742": _m(
        "原因分类不满 3 名（{value}）",
        "不分列，或并到别的类里：人数这样少，街坊能认出是谁",
        "a reason with fewer than 3 ({value})",
        "leave it out or merge it: so few can be recognised",
    ),
    "E743": _m(
        "原因分类合计 {value} 名，取消资格 {first} 名，差数不满 3 名或是负数",
        "合计等于总数，或者差 3 名以上：不然别人减一减就知道剩下的是谁",
        "reasons add up to {value} of {first}: the rest is below 3 or below zero",
        "let them add up, or leave a rest of 3 or more",
    ),
    "E744": _m(
        "只涉及 1 个小区，取消资格不满 3 名（{value}）",
        "几个小区合起来写，或者不写这一条：人数这样少，街坊能认出是谁",
        "fewer than 3 in one community ({value})",
        "take several communities together, or leave the record out",
    ),
    # E75 who is there for people, and what was made known
    "E750": _m(
        "「{value}」没有写是谁公布的，不能上站",
        "填公布单位（published_by）；主管部门和街道都没有公布过的，删掉这一条",
        "{value} without the authority that published it",
        "fill published_by, or delete the class",
    ),
    "E751": _m(
        "服务点「{value}」没有地点，也没有电话，居民找不到",
        "填地点（place）或电话（phones）",
        "service point {value} has neither a place nor a telephone",
        "fill place or phones",
    ),
    "E752": _m(
        "媒体专栏没有写是哪家媒体",
        "填媒体（outlet）：报纸、电视台或公众号的名称",
        "a media column without its outlet",
        "fill outlet",
    ),
    "E753": _m(
        "小区「{value}」不在{first}",
        "核对小区编号，或把区域改成小区所在的街道、区县或市",
        "community {value} does not lie in {first}",
        "check the community, or the region",
    ),
    "E754": _m(
        "「{value}」由谁做，要写清楚一个",
        "企业（firm）、机构（organization）、由谁做（provider）填、并且只填一个",
        "{value} needs exactly one provider",
        "fill one of firm, organization, provider",
    ),
    "E755": _m(
        "「{value}」是低价有偿，没有写收多少",
        "填收费（fee），如 多层每户每月 15 元；本站有收费标准的填它的编号（fee_standard）",
        "{value} is paid for, and says no price",
        "fill fee or fee_standard",
    ),
    "E756": _m(
        "五保服务少了：{options}",
        "五项都做到的，补齐；没有做到的，办法改成别的",
        "the five guarantees lack: {options}",
        "fill all five, or change mode",
    ),
    "E757": _m(
        "{value}没有停止公示日期，会一直挂着",
        "填停止公示日期（display_until），过了这一天自动撤下",
        "{value} without display_until would stay for ever",
        "fill display_until",
    ),
    "E758": _m(
        "用了「{value}」这样的说法",
        "换成事实：什么时候、什么地方、发生了什么",
        "insulting word {value}",
        "state facts instead",
    ),
    "E759": _m(
        "曝光没有写是哪个小区、哪家企业的事",
        "填小区（community）或企业（firm），至少一个",
        "an exposure of neither a community nor a firm",
        "fill community or firm",
    ),
    "E760": _m(
        "业主大会表决没有通过：{options}",
        "核对数字；确实没有通过的，删掉决定以后的各项，填终止日期和为什么终止。民法典 278：面积、人数两个口径都要过",
        "the owners' vote did not carry: {options}",
        "check the figures; or end the procedure",
    ),
    "E761": _m(
        "{value}和决定日期对不上：业主大会没有表决、没有决定，就不能退出",
        "补上决定日期（decided_on）和业主大会表决（vote）；还没有决定的，两项都不填，后面的日期也不填",
        "{value}: no exit without a vote and a decision",
        "fill decided_on and vote, or neither and nothing after",
    ),
    "E762": _m(
        "退出程序没有写清因为什么：上榜记录、起因填一个，只填一个",
        "因为上榜的填 entry，其他的填 reason",
        "an exit needs exactly one cause",
        "fill entry or reason",
    ),
    "E763": _m(
        "终止日期和为什么终止要一起填",
        "补上另一个；程序还在走的，两个都不填",
        "ended_on and ended_reason belong together",
        "fill both or neither",
    ),
    "E764": _m(
        "图片没有替代文字，看不见图的人不知道图里是什么",
        "在方括号里写一句：![图里有什么](文件)",
        "a picture without alternative text",
        "write ![what is in it](file)",
    ),
    "E765": _m(
        "content/ 里没有这张图（{value}）",
        "把图放进 content/stories/，或改正路径",
        "content/ has no picture {value}",
        "put it there, or correct the path",
    ),
    "E766": _m(
        "这张图没有在任何一篇做法里登记",
        "在那一篇开头的 photos 里写上它的文件、替代文字和同意；不用的图删掉",
        "no story lists this picture",
        "list it in photos, or delete it",
    ),
    "E767": _m(
        "图片里藏着别的信息：{options}；可能有拍摄地点、设备和姓名",
        "去掉再放：手机上截一次屏用截图，或运行 exiftool -all= 文件，或用画图软件另存为 PNG 时不保留属性",
        "the picture carries {options}",
        "strip it: exiftool -all= FILE, or save it anew without metadata",
    ),
    "E768": _m(
        "这不是完整的 JPG、PNG 或 WebP 图片，没法检查里面有什么",
        "用看图软件打开，另存一份再放；后缀要和实际格式一样",
        "no whole JPEG, PNG or WebP picture",
        "open it and save it anew",
    ),
    "E769": _m(
        "上榜记录 {value} 说的不是这个小区、也不是这家企业",
        "核对编号；和上榜无关的，改填起因（reason）",
        "entry {value} is about another community and firm",
        "check the id, or fill reason instead",
    ),
    "E770": _m(
        "写了期末后几天公示，还缺{value}",
        "补上 {field}：几天、是日还是工作日、规定从哪天起施行，三样齐了才能推算期限",
        "a deadline in days lacks {field}",
        "give due_days, due_kind and valid_from together",
    ),
    "E771": _m(
        "「{value}」没有期末，推算不出期限",
        "频次改为 每月、每季度、每半年或每年；规定没有写周期的，不填期末后几天",
        "cadence {value} has no period to count from",
        "use monthly, quarterly, semiannual or annual, or leave due_days out",
    ),
    "E772": _m(
        "{value}是一期一期公示的，没有写哪一期",
        "填 period：类别、名称、起、止",
        "{value} is published by period and none is given",
        "fill period",
    ),
    "E774": _m(
        "{first}还没有结束，{value} 就公示了",
        "核对公示起和这一期的止；公示的是上一期，改成上一期",
        "posted on {value}, before {first} had ended",
        "check posted_from and the period",
    ),
    "E775": _m(
        "同一件事同一天公示了两次：{value}（另一条：{first}）",
        "删掉重复的一条；后来换贴的，写换贴的那一天",
        "posted twice on one day: {value} (also {first})",
        "keep one",
    ),
    "E776": _m(
        "{value}有两条公示栏记录（另一条：{first}）",
        "一个小区一条；几块公示栏的，位置写在一起",
        "{value} has two boards (also {first})",
        "one record a community",
    ),
    "E777": _m(
        "没有张贴的事项里，「{value}」不是六项之一，或者写了两次",
        "只写 {options} 里缺的，一项一次",
        "{value} is none of the six standing items, or stands twice",
        "one of {options}, once",
    ),
    "E778": _m(
        "{value}没有在{first}服务过",
        "核对企业和小区；服务过的，先录服务关系",
        "{value} never served {first}",
        "check the firm, or record its engagement",
    ),
    "E779": _m(
        "这份 PDF 不是任何一份已发布的政策文件的附件",
        "在 data/policies/ 那份文件的记录里填附件（file: {value}）；不是政策文件的，写成页面，PDF 移出 content/",
        "no published policy document names this PDF",
        "name it as the file of its document ({value}), or move it out of content/",
    ),
    # notices
    "N201": _m(
        "{type}没有{label}，页面显示「未提供」",
        "有就补上 {field}",
        "{type} has no {field}; the page says 未提供",
        "add {field}",
    ),
    "N401": _m(
        "没有注明区县",
        "查明后把所在区域改成区县或街道的代码",
        "no district is given",
        "set region to a district or street",
    ),
    "N402": _m(
        "分支机构没有填总公司",
        "补上总公司的编号",
        "a branch without parent_firm",
        "add parent_firm",
    ),
    "N403": _m(
        "合同期限超过五年（{value}）",
        "核对起止日期",
        "a term above five years ({value})",
        "check the dates",
    ),
    "N404": _m(
        "定期合同没有止期",
        "补上服务期限止",
        "a fixed term without an end",
        "add term_end",
    ),
    "N405": _m(
        "应急物业服务超过六个月（{value}）",
        "核对合同类型和日期",
        "a temporary service above six months ({value})",
        "check kind and dates",
    ),
    "N406": _m(
        "政府指导价缺 {value}，页面显示「未提供」",
        "基准价、上下浮动幅度、实际收费要同时标明（明码标价规定第六条）",
        "a guide price lacks {value}",
        "base, band and actual belong together",
    ),
    "N407": _m(
        "业主选聘合同已经生效，价格形式却仍是政府指导价",
        "核对价格管理形式：业主合同应为市场调节价",
        "government_guided although an owners' contract is in force",
        "check pricing_form",
    ),
    "N408": _m(
        "同一小区、同一项目、同一等级和类型的收费不同：{value} 与 {first}",
        "核对；调价的给旧的一条填执行日期止；确有区别的，两条都写明收费对象和物业类型",
        "different amounts for the same item, grade and type: {value}, {first}",
        "check, or state payer_class",
    ),
    "N409": _m(
        "信用代码的主体标识码校验位不合常规（{value}）",
        "核对；个别老代码如此，可不改",
        "irregular inner check character ({value})",
        "check; some old codes are so",
    ),
    "N411": _m(
        "收费标准少见（{value}）",
        "核对小数点；没有收费就删掉这一条，不要写 0",
        "an unlikely amount ({value})",
        "check the decimal point; delete the record when nothing is charged",
    ),
    "N412": _m(
        "没有写主办单位和联系办法，读者不知道向谁报告错误",
        "填 operator，以及 operator_phone 或 report",
        "no operator, or no way to reach one",
        "fill operator, and operator_phone or report",
    ),
    "N413": _m(
        "基准价或浮动幅度与政府指导价的记录不一致（{value}，{first}）",
        "对照文件核实是哪一条错了",
        "base or band differ from the guide price on record ({value}, {first})",
        "check against the document",
    ),
    "N414": _m(
        "「{value}」既含在物业费内，又有单独的收费 {first}",
        "核对是不是重复收费；确有区别就在说明里写清各管什么",
        "{value} is in the property fee and charged for by {first} as well",
        "check for a double charge",
    ),
    "N415": _m(
        "被废止的文件仍标为有效：{value}",
        "把那份文件的有效性改为 已废止",
        "a repealed document is still marked in force: {value}",
        "mark it repealed",
    ),
    "N416": _m(
        "收费标准 {value} 没有公开（{first}），服务事项却指向它",
        "公开这条收费标准，或指向现行的一条；页面暂时写「现行价格未提供」",
        "fee standard {value} is not published ({first})",
        "publish it, or name the one in force",
    ),
    "N417": _m(
        "公示到 {value}，超过一年，办法没有规定这么久",
        "核对停止公示日期，一年是到 {expected}；有规定的，在办法里填结果有效期（result_validity）",
        "display_until {value} is more than a year away ({expected})",
        "check, or fill result_validity in the scheme",
    ),
    "N750": _m(
        "{type}公示到 {value}，离{first} 超过一年",
        "核对停止公示日期；这不是处罚，公示一般不超过一年",
        "{type} is shown until {value}, more than a year after {first}",
        "check display_until",
    ),
    "N751": _m(
        "书面通知到交接只有 {value} 天，不到六十天",
        "核对日期；合同另有约定的，在备注里写明（民法典 946）",
        "{value} days from notice to hand-over, fewer than sixty",
        "check the days, or note what the contract says",
    ),
    "N760": _m(
        "数据截止日期 {value} 还没有到（按 {first} 核对）",
        "改成真的核对过的那一天；来源没有注明的，写 unknown",
        "the data is of {value}, which is still to come on {first}",
        "write the day it was checked, or unknown",
    ),
    "N601": _m(
        "{value}已经是正式结果，还没有封存",
        "核对无误、两人批准后运行 gongshi seal {name} --approver 岗位 --approver 岗位",
        "{value} is final and not sealed",
        "gongshi seal {name} --approver POST --approver POST",
    ),
    "N602": _m(
        "{value} 的名称该从封存的文件里撤下了：{found}",
        "运行 gongshi forget {name} --ground {found} --approver 岗位 --approver 岗位",
        "the names of {value} should leave the sealed files now: {found}",
        "gongshi forget {name} --ground {found}",
    ),
    "N603": _m(
        "{value} 已撤回，还没有新的一版；站上只留撤回的说明",
        "改好记录以后运行 gongshi correct {name} 或 gongshi revise {name}；不再公布的，什么也不用做",
        "{value} is withdrawn and there is no newer version",
        "put the records right, then gongshi correct or revise",
    ),
    "N701": _m(
        "{type}缺一期：{value}",
        "找到那一期的报告录进来；确实没有公布的，不用管，页面会写明缺哪一段",
        "{type}: nothing between, {value} is missing",
        "record it if it exists",
    ),
    "N702": _m(
        "期间类别是{first}，起止是 {value}",
        "核对起止；不是整月、整季、整年的，类别写 不定期",
        "period is called {first} but covers {value}",
        "correct one of them",
    ),
    "N703": _m(
        "「{value}」只涉及 {number}，户数和金额放在一起，能推出每户多少",
        "可以不写涉及户数；要写的，先确认公布前征得同意",
        "{value} concerns {number}: amount and number together tell each one's share",
        "leave the number out, or make sure they agree",
    ),
    "N704": _m(
        "{value}只有 {number}：应收减实收，就是这几户的钱",
        "先确认街坊认不出是哪一户；拿不准的，这一期先不公布",
        "so few ({number}) that the totals tell what they paid or owe",
        "make sure nobody can tell who it is, or wait",
    ),
    "N705": _m(
        "满意率 {value} 只问了 {number}",
        "问的人这样少，一两户就能左右结果，也容易认出是谁；核对调查户数，或不公布满意率",
        "satisfaction {value} of {number} asked",
        "check the sample, or leave it out",
    ),
    "N730": _m(
        "期限 {value} 已过，还没有办结（数据截至 {first}）",
        "办结了就填结果和办结日期；没有办结的，页面标「已超期」",
        "past {value} and still open as of {first}",
        "fill result and closed_on; else the page says that it is overdue",
    ),
    "N732": _m(
        "后面的阶段公示了，没有{options}的公示",
        "补上那一次公示；确实没有公示过的，不用管，页面会写「没有公示记录」",
        "later stages were posted, not {options}",
        "add the notice, or leave it where nothing was posted",
    ),
    "N731": _m(
        "{value} 年的四项清单缺：{options}",
        "补上；来源只有其中几项的，不用管",
        "the four lists of {value} lack: {options}",
        "fill them, or leave it where the source has no more",
    ),
}

#: What libyaml says, as a clerk understands it.
YAML_PROBLEMS: Mapping[str, str] = {
    "found unexpected end of stream": "引号或括号没有收尾",
    "mapping values are not allowed in this context": "这里不该有冒号：上一行缩进不对，或值里的冒号没有加引号",
    "could not find expected ':'": "字段名后面缺冒号，或上一行的引号没有收尾",
    "did not find expected key": "缩进与上面的字段没有对齐",
    "did not find expected '-' indicator": "列表的各项没有对齐",
    "did not find expected ',' or ']'": "方括号里缺逗号，或没有收尾",
    "did not find expected ',' or '}'": "花括号里缺逗号，或没有收尾",
    "block sequence entries are not allowed in this context": "减号的位置不对：列表另起一行再写",
    "found a tab character that violates indentation": "缩进用了制表符：改成空格",
    "found character that cannot start any token": "值不能以这个字符开头：加引号；缩进不能用制表符",
    "did not find expected node content": "这里少了一个值",
}

_UNKNOWN = _m("未登记的问题 {value}", "请报告这个问题", "unregistered problem {value}", "please report this")

_OTHER = {
    "zh": {"error": "错误", "notice": "提示", "fix": "改为 {fix}", "near": "是不是 {near}？"},
    "en": {"error": "error", "notice": "notice", "fix": "write {fix}", "near": "did you mean {near}?"},
}


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _all_visible(value: str) -> str:
    shown = "".join(
        f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"} else c
        for c in value
    )
    return shown.replace("::", ":\u2005:")


def visible(value: str) -> str:
    """A value from the data as it may be echoed: nothing invisible, nothing that starts a command, 60 characters."""
    shown = _all_visible(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def explain(problem: Problem, lang: str) -> tuple[str, str]:
    """What is wrong and what to do, in ``zh`` or ``en``."""
    message = MESSAGES.get(problem.code, _UNKNOWN)
    long = {"options", "known", "allowed", "reckoned"}
    values = _Values({name: value if name in long else visible(value) for name, value in problem.values.items()})
    if problem.code == "E109" and lang == "zh":
        values["value"] = YAML_PROBLEMS.get(problem.values["value"], problem.values["value"])
    text = (message.zh if lang == "zh" else message.en).format_map(values)
    fix = (message.zh_fix if lang == "zh" else message.en_fix).format_map(values)
    words = _OTHER[lang]
    if "fix" in problem.values:
        fix = words["fix"].format_map(values)
    elif "near" in problem.values:
        fix = f"{words['near'].format_map(values)} {fix}"
    return text, fix


def line(problem: Problem, lang: str) -> str:
    """``path:line:column: 错误 E214 说明（所见值） -> 怎么改``; a cell is named as Excel names it."""
    source = problem.source
    place = ":".join(str(part) for part in (_all_visible(source.path), source.line, source.column) if part)
    cell = f"[{' '.join(filter(None, (source.cell, visible(source.header))))}] " if source.cell else ""
    level = _OTHER[lang]["error" if problem.is_error else "notice"]
    text, fix = explain(problem, lang)
    return f"{place}: {level} {problem.code} {cell}{text} -> {fix}"
