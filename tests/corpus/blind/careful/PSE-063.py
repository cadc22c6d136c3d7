from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def _fold_char(char: str) -> str:
    """One character for a character, the same for its capital and small form."""
    upper = char.upper()
    if len(upper) != 1:
        upper = char
    return upper.lower()[0]


def _fold(text: str) -> str:
    """`text` without the difference of case, of the very same length."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_char, text))


def highlight(text: str, term: str) -> SafeString:
    """`text` as HTML, with every occurrence of `term` in a strong element."""
    if not term:
        return mark_safe(escape(text))
    # Searched in the plain text and escaped afterwards, piece by piece.
    # str.find takes linear time, whatever text and term look like.
    folded, wanted = _fold(text), _fold(term)
    pieces = []
    position = 0
    while (found := folded.find(wanted, position)) >= 0:
        end = found + len(wanted)
        pieces.append(escape(text[position:found]))
        pieces.append(f"<strong>{escape(text[found:end])}</strong>")
        position = end
    pieces.append(escape(text[position:]))
    return mark_safe("".join(pieces))
