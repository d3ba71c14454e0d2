"""One key from the terminal, without waiting for the end of the line."""

import sys

__all__ = ["one_key"]


def one_key() -> str:
    """The next key; from a pipe, the next character that is no space; "" at the end."""
    if not sys.stdin.isatty():
        while (char := sys.stdin.read(1)).isspace():
            pass
        return char
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        # Ctrl-C stays an interrupt.
        tty.setcbreak(terminal)
        return sys.stdin.read(1)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
