# make demo: the bundled screenplay through every seam to exports/, then the desk where there is a display.
# make test: every check and test. Both install what they need into .venv on a fresh machine.
.POSIX:
.PHONY: demo test test-gpu lint clean

PYTHON ?= python3
FILM ?= build/tide_clock.matchcut
BIN = .venv/bin

.venv/.installed: pyproject.toml .ci/system_libraries.sh
	sh .ci/system_libraries.sh
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch .venv/.installed

demo: .venv/.installed
	rm -rf $(FILM)
	mkdir -p build
	$(BIN)/matchcut new $(FILM) resources/demo/tide_clock.fountain --seed 7 --attempts 2
	$(BIN)/matchcut produce $(FILM) --approve all --plant 1B:eyes=blue
	$(BIN)/matchcut verify $(FILM)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then $(BIN)/matchcut open $(FILM); fi

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright

test: lint
	$(BIN)/pytest -m 'not gpu' -n 2 --dist worksteal

test-gpu: .venv/.installed
	$(BIN)/pytest -m gpu

clean:
	rm -rf build .venv
