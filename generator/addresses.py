"""Every path and anchor the site publishes. ASCII, ending in '/', relative to the site's root, for ever."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from generator.problems import Source
from generator.records import Record, Site

HOME = ""
COMMUNITIES = "communities/"
FIRMS = "firms/"
REGIONS = "regions/"
FEES = "fees/"
AZ = "az/"
QUALITY = "quality/"
SOURCES = "sources/"
COMPLAINTS = "complaints/"
POLICIES = "policies/"
ORGANIZATIONS = "organizations/"
SYSTEMS = "systems/"
DISCLOSURE = "disclosure/"
DELIBERATION = "deliberation/"
CALENDAR = "disclosure/calendar/"
MAP = "systems/map/"
GUIDES = "guides/"
RANKINGS = "rankings/"
SCHEMES = "schemes/"
COMMENDATIONS = "commendations/"
BACKSTOP = "backstop/"
PLACES = "places/"
EXPOSURES = "exposures/"
STORIES = "stories/"
CORRECTIONS = "corrections/"
ACCOUNTS = "accounts/"
VERIFY = "verify/"
VERIFIER = "verify/verify.py"
SITEMAP = "sitemap/"
DOWNLOADS = "downloads/"
DOWNLOAD_SUMS = "downloads/SHA256SUMS"
DICTIONARY = "dictionary/"
ABOUT = "about/"
SEARCH_INDEX = "search/records.json"

#: Columns that every site has, whatever its data: a hand-written page may always link to them.
COLUMNS = frozenset(
    {
        HOME,
        ACCOUNTS,
        AZ,
        BACKSTOP,
        CALENDAR,
        COMMENDATIONS,
        COMMUNITIES,
        COMPLAINTS,
        CORRECTIONS,
        DELIBERATION,
        DICTIONARY,
        DISCLOSURE,
        DOWNLOADS,
        EXPOSURES,
        FEES,
        FIRMS,
        MAP,
        ORGANIZATIONS,
        PLACES,
        POLICIES,
        QUALITY,
        RANKINGS,
        REGIONS,
        SCHEMES,
        SITEMAP,
        SOURCES,
        STORIES,
        SYSTEMS,
        VERIFY,
    }
)

#: Anchors of a page's sections: registered here, so that a heading may be reworded without moving.
ANCHORS = frozenset(
    {
        "answers",
        "around",
        "board",
        "check",
        "cite",
        "closed",
        "collection",
        "columns",
        "common",
        "communities",
        "contact",
        "districts",
        "documents",
        "doors",
        "downloads",
        "duties",
        "elevators",
        "entries",
        "facts",
        "fees",
        "fields",
        "figures",
        "files",
        "flows",
        "former",
        "fulfilment",
        "fund",
        "gone",
        "groups",
        "guide",
        "history",
        "items",
        "letters",
        "levels",
        "lists",
        "matters",
        "meetings",
        "money",
        "offices",
        "opinions",
        "others",
        "overdue",
        "pages",
        "parking",
        "posted",
        "procedure",
        "projects",
        "proof",
        "questions",
        "reading",
        "regions",
        "relations",
        "reply",
        "rules",
        "six",
        "snapshots",
        "sources",
        "standing",
        "streets",
        "term",
        "top",
        "types",
        "uncomputed",
        "unplaced",
        "unscored",
        "upcoming",
        "use",
        "utilities",
        "versions",
        "volunteers",
        "water",
        "weights",
        "withdrawn",
        "worked",
    }
)


def record(of: Record) -> str:
    """The page of a record: ``/communities/<id>/``, ``/regions/<code>/`` …"""
    return f"{of.folder}/{of.key}/"


def mark(of: Record) -> str:
    """The anchor of a record on a page it shares with others; no section's anchor begins so."""
    return f"{of.type_name.replace('_', '-')}-{of.key}"


def notices(community: str) -> str:
    """Everything one community was told: its board, what was posted and when."""
    return f"communities/{community}/notices/"


def due(region: str) -> str:
    """What is posted, late, missing or to come in one district, or in one street."""
    return f"{DISCLOSURE}{region}/"


def fees(region: str) -> str:
    """Fees compared inside one district."""
    return f"{FEES}{region}/"


def quality(region: str) -> str:
    """What is and is not provided in one district."""
    return f"{QUALITY}{region}/"


def matters(community: str) -> str:
    """What people settle together in one community: ``/communities/<id>/matters/``."""
    return f"{COMMUNITIES}{community}/matters/"


def complaints(region: str) -> str:
    """Whom to turn to in one city or district."""
    return f"{COMPLAINTS}{region}/"


def system(region: str) -> str:
    """The system of one city."""
    return f"{SYSTEMS}{region}/"


def version(edition: str, number: int) -> str:
    """One sealed version of an edition, for ever: ``/rankings/<edition>/v1/``."""
    return f"{RANKINGS}{edition}/v{number}/"


def plain(edition: str, number: int) -> str:
    """The page that was sealed with a version: no theme, no script."""
    return f"{version(edition, number)}sealed.html"


def log_file(path: str) -> str:
    """One file of the log of seals: ``log/000001.json`` -> ``verify/log/000001.json``."""
    return f"{VERIFY}{path}"


def changes(edition: str) -> str:
    """An edition beside the one before it."""
    return f"{RANKINGS}{edition}/changes/"


def facet(value: str) -> str:
    """Editions of one city, year or kind: two letters, so that no edition can be called so."""
    return f"{RANKINGS}by/{value}/"


def money(community: str) -> str:
    """All periodic accounts of one community, period by period."""
    return f"communities/{community}/money/"


def accounts(region: str) -> str:
    """Accounts of the communities in one city or district."""
    return f"{ACCOUNTS}by/{region}/"


def letter(initial: str) -> str:
    """Names that begin with one letter; ``0`` holds digits and signs."""
    return f"{AZ}{initial.lower()}/"


def column(uri: str) -> str:
    """The column an address stands in: ``firms/x/`` -> ``firms/``."""
    return f"{uri.partition('/')[0]}/"


def download(model: type[Record], form: str) -> str:
    """All records of one type in one form: ``/downloads/firms.csv``; ``form`` is csv, json or xlsx."""
    return f"{DOWNLOADS}{model.folder}.{form}"


def timeliness(form: str) -> str:
    """What every community owed in every period, and whether it was in time, as a file."""
    return f"{DOWNLOADS}timeliness.{form}"


def edition_table(edition: str, number: int | None, form: str) -> str:
    """One edition as a file, or one sealed version of it: ``/downloads/rankings/<edition>-v1.csv``."""
    return f"{DOWNLOADS}rankings/{edition}{f'-v{number}' if number else ''}.{form}"


def dictionary(model: type[Record]) -> str:
    """What the fields of one type mean and how they are written."""
    return f"{DICTIONARY}{model.folder}/"


def schema(model: type[Record]) -> str:
    """The JSON Schema of one type."""
    return f"schemas/{model.type_name}.json"


def page_file(uri: str) -> str:
    """The Markdown file behind an address: ``firms/`` -> ``firms/index.md``, ``firms/x/`` -> ``firms/x.md``."""
    depth = uri.count("/")
    return f"{uri}index.md" if depth <= 1 else f"{uri.rstrip('/')}.md"


def published(path: str) -> str:
    """The file a reader gets for a file of the tree: ``firms/x.md`` and ``firms/x/index.md`` are one page."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    return f"{stem}.html" if stem == "index" or stem.endswith("/index") else f"{stem}/index.html"


def relative(target: str, page: str) -> str:
    """``target`` (an address or file) as a link from the page at ``page``; both from the site's root."""
    return "../" * page.count("/") + target or "./"


def source_link(site: Site, source: Source) -> str | None:
    """Where the public can see a line of data, or None when the site names no place."""
    if site.source_template is None:
        return None
    return site.source_template.replace("{path}", quote(source.path)).replace("{line}", str(source.line))


#: Names that RFC 2606 and RFC 6761 set aside, and addresses that are no names: nobody's domain.
_NO_DOMAIN = re.compile(r"(?:.+\.)?(?:example|test|invalid|localhost|example\.(?:com|net|org))|[\d.]+|.*:.*|[^.]+")


def domain(site_url: str | None) -> str | None:
    """The host of ``site_url``; None where the site has none yet: a placeholder is no domain to tell an inspector."""
    host = urlsplit(site_url or "").hostname
    return host if host and not _NO_DOMAIN.fullmatch(host) else None


def filings(site: Site) -> tuple[tuple[str, str], ...]:
    """The site's filing numbers, each with the register where anybody can look them up."""
    found = []
    if site.icp:
        found.append((site.icp, "https://beian.miit.gov.cn/"))
    if site.police_filing:
        code = "".join(re.findall(r"\d{14}", site.police_filing))
        found.append((site.police_filing, f"https://beian.mps.gov.cn/#/query/webSearch?code={code}"))
    return tuple(found)
