"""Text on the pages of the site: what would reorder or hide others is told by its number."""

import json
import sys
import unicodedata

from cordiale.publish.site.terms_html import in_script, visible

# Of the category Cf, and with a sign of their own: marks that stand around a number.
_SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
# https://www.unicode.org/reports/tr9/, Bidi_Control.
_BIDI = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def test_no_character_without_a_sign_is_passed_on() -> None:
    """Formats, separators of lines and controls but tab and newline, as Unicode has them."""
    hidden = {
        number
        for number in range(sys.maxunicode + 1)
        if unicodedata.category(chr(number)) in ("Cc", "Cf", "Zl", "Zp")
    }
    shown = {number for number in hidden if visible(chr(number)) == f"⟨U+{number:04X}⟩"}
    assert hidden - shown == {0x9, 0xA, *_SEEN}
    assert shown >= _BIDI


def test_joiners_stay_where_scripts_need_them() -> None:
    """In Persian, in Sinhala and between emoji; not in a Latin word, nor after one another."""
    for text in ("می\u200cخواهم", "ශ්\u200dරී", "👩\u200d🔬", "❤\ufe0f\u200d🔥"):
        assert visible(text) == text
    assert visible("pay\u200dpal\u200c") == "pay⟨U+200D⟩pal⟨U+200C⟩"
    assert visible("می\u200c\u200cخ") == "می\u200c⟨U+200C⟩خ"


def test_a_script_says_the_same_text() -> None:
    """What is escaped in a script is what was there, also beyond the first 65,536 characters."""
    text = "<\u202e\xad\U000e0041 é 漢 😀>"
    escaped = in_script(json.dumps(text, ensure_ascii=False))
    assert json.loads(escaped) == text
    assert visible(escaped) == escaped
    assert "<" not in escaped
