#!/bin/sh
# What the tests need beyond Python: a Chromium and a Chinese font. Installed through apt where that is allowed;
# otherwise a clear failure, never a skip.
set -eu
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_font() { command -v fc-list && fc-list :lang=zh | grep -q .; }
if has_browser >/dev/null && has_font >/dev/null; then exit 0; fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
fi
has_browser >/dev/null || { echo '测试需要 Chromium：请安装 chromium（Debian：apt-get install chromium）' >&2; exit 4; }
has_font >/dev/null || { echo '测试需要中文字体：请安装 fonts-noto-cjk' >&2; exit 4; }
