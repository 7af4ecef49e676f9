"""Scores for a text that was read from a document, against a reference text.

    from quality import tokens, f1, pair_f1, summary

The token F1 compares the words of two texts as multisets, so it shows words that are lost, added or garbled. The pair F1
compares adjacent words, so it also falls where the order is wrong.
"""

import collections
import re
import statistics
import unicodedata

# Characters that are part of no word and invisible: soft hyphen, zero width, direction marks, byte order mark.
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
# Scripts without spaces between words, of which each character is a token: Han, kana, Thai, Lao, Khmer.
ALONE = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff\u1780-\u17ff"
TOKEN = re.compile(f"[{ALONE}]|[^\\W_{ALONE}]+")


def tokens(text):
    """Returns the words of a text, without case, compatibility forms (ligatures, full width) and punctuation."""
    # Marks are no letters for `re`; without this, a word with a combining accent would be two.
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    text = "".join(c for c in text if not unicodedata.category(c).startswith("M") or "\u0e00" <= c <= "\u0eff")
    return TOKEN.findall(text.casefold())


def _f1(found, expected):
    found, expected = collections.Counter(found), collections.Counter(expected)
    if not found and not expected:
        return 1.0
    return 2 * (found & expected).total() / (found.total() + expected.total())


def f1(found, expected):
    """Returns the F1 of two lists of tokens as multisets, 0 to 1."""
    return _f1(found, expected)


def pair_f1(found, expected):
    """Returns the F1 of the adjacent pairs of two lists of tokens, 0 to 1; the token F1 if one has less than two."""
    if min(len(found), len(expected)) < 2:
        return _f1(found, expected)
    return _f1(zip(found, found[1:]), zip(expected, expected[1:]))


def summary(scores):
    """Returns mean, median and the share of scores of at least .9."""
    if not scores:
        return 0.0, 0.0, 0.0
    return statistics.mean(scores), statistics.median(scores), sum(score >= 0.9 for score in scores) / len(scores)
