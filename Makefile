# make help 列出全部命令。Only Python >= 3.11, git and make are needed; everything else is installed into .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help site serve check test test-long format bench lock wheel clean

help: # 列出命令
	@grep -hE '^[a-z-]+:.*# ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*# (.*)/  make \1\t\2/' | expand -t 20

site: $(VENV)/.site # 把 data/ 里的演示数据生成为 site/
	$(BIN)/gongshi build

serve: $(VENV)/.site # 本机预览，改了 data/ 或 content/ 自动刷新
	$(BIN)/gongshi serve

check: $(VENV)/.dev # 检查数据、代码风格和类型
	$(BIN)/gongshi check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(VENV)/.dev # 装好测试要用的一切，跑全部测试
	sh tests/prepare.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-long: $(VENV)/.dev # 同样的测试，算例多得多：100,000 个随机榜单、16,000 次篡改、每一页的四种样子
	sh tests/prepare.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m long

format: $(VENV)/.dev # 整理代码
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev # 生成 4,000 个小区，量时间和内存
	$(BIN)/python -m tests.bench

lock: $(VENV)/.dev # 重新锁定依赖（要联网，要先装 uv）
	printf 'hatchling\neditables\n' | uv pip compile - pyproject.toml $(LOCK) -o requirements.lock
	printf 'hatchling\neditables\n' | uv pip compile - pyproject.toml --group dev $(LOCK) -o requirements-dev.lock

LOCK := --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet

wheel: $(VENV)/.site # 打成安装包 dist/gongshi-….whl，给别的机器和自动发布用
	$(PIP) wheel --no-deps --no-build-isolation -w dist .

clean: # 删除生成的东西和 .venv
	rm -rf build dist site $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更新的版本；用 make PYTHON=/路径/python3.11 指定'; exit 4; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
