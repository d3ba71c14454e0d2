"""``python -m cordiale`` is the command ``cordiale``."""

from cordiale.cli.main import run

__all__: list[str] = []

if __name__ == "__main__":
    run()
