"""The gate over finished pages holds alone, whatever wrote them."""

from __future__ import annotations

import pytest

from generator import gates

CSP = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'


def _page(body: str, head: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">{CSP}<title>t</title>{head}</head>'
        f'<body><h1 id="top">t</h1>{body}</body></html>'
    ).encode()


def _findings(raw: bytes, *others: str) -> list[str]:
    return list(
        gates.check([("a/index.html", raw)], frozenset({"a/index.html", *others}), {"a/index.html": "content/a.md"})
    )


def test_a_plain_page_passes() -> None:
    body = (
        '<a href="../b/">b</a><a href="#top">t</a><a href="tel:12345">1</a><a href="https://example.cn/x">x</a>'
        '<a href="mailto:a@example.cn">m</a><img src="data:image/png;base64,AA=="><img src="../x.png" alt="">'
        '<script id="__config" type="application/json">{}</script><script src="../x.js"></script>'
    )
    assert _findings(_page(body), "b/index.html", "x.png", "x.js") == [
        'content/a.md（网页 a/index.html）：不能有 <img src="data:image/png;base64,AA==">'
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<script type=module>alert(1)</script>",
        "<SCRIPT src=https://evil.example/x.js></SCRIPT>",
        "<script src=//evil.example/x.js></script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        "<details ontoggle=alert(1) open></details>",
        "<p style='color:red'>x</p>",
        "<style>p{color:red}</style>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='JaVa\tScript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<iframe src='../b/'></iframe>",
        "<iframe srcdoc='x'></iframe>",
        "<object data='x'></object>",
        "<embed src='x'>",
        "<form action='https://evil.example/'></form>",
        "<button formaction='https://evil.example/'>x</button>",
        "<img src='https://evil.example/x.png'>",
        "<img srcset='https://evil.example/x.png 2x'>",
        "<video poster='https://evil.example/x.png'></video>",
        "<link rel=stylesheet href='https://evil.example/x.css'>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "<h1>second</h1>",
        "<a href='../missing/'>x</a>",
        "<a href='#missing'>x</a>",
        "<a href='http://['>x</a>",
        "<a href='../b/#missing'>x</a>",
        "<img src='missing.png'>",
    ],
)
def test_what_is_refused(body: str) -> None:
    pages = [("a/index.html", _page(body)), ("b/index.html", _page(""))]
    assert list(gates.check(pages, frozenset({"a/index.html", "b/index.html"}), {}))


def test_a_missing_page_is_refused() -> None:
    assert list(gates.check([], frozenset(), {"x/index.html": "content/x.md"})) == [
        "content/x.md（网页 x/index.html）：没有生成这一页"
    ]


def test_a_page_without_policy_language_or_title_is_refused() -> None:
    assert _findings(_page("").replace(CSP.encode(), b""))
    assert _findings(_page("").replace(b"zh-CN", b"en"))
    assert _findings(_page("").replace(b"<title>t</title>", b""))
    assert _findings(b"")


def test_content_that_slipped_out_of_the_article_is_found() -> None:
    inside = '<article><div class="head"></div><section class="sec"></section><aside class="quiet"></aside></article>'
    outside = '<article><div class="head"></div></dl></article><section class="sec"></section>'
    assert _findings(_page(inside)) == []
    assert _findings(_page(outside)) == [
        "content/a.md（网页 a/index.html）：内容跑到了正文外面：有一个 HTML 标签关早了"
    ]
