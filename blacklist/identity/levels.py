"""How alike two values of one field are: a few levels, each with its name in the evidence."""

from enum import StrEnum

from rapidfuzz.distance import OSA, JaroWinkler

from blacklist.identity.birth_dates import is_date, swapped
from blacklist.identity.contacts import is_dutch
from blacklist.identity.nicknames import may_be_one
from blacklist.identity.sounds import sound_of


class Level(StrEnum):
    """From the same to nothing alike. What a level is worth differs by field: see `weights`."""

    EXACT = "exact"
    SWAPPED = "swapped"
    NICKNAME = "nickname"
    SOUNDS = "sounds alike"
    PART = "part"
    TRANSPOSED = "two neighbours changed places"
    ONE_EDIT = "one edit"
    CLOSE = "close"
    INITIAL = "initial"
    TWO_PARTS = "two parts"
    LOOSE = "loose"
    AREA = "area"
    REGION = "region"
    NEW_YEAR = "exact on 1 January"
    DIFFERENT = "different"


_ORDER = {level: number for number, level in enumerate(Level)}
_SHORT = 3
_LONG = 6
_CLOSE = 0.9
_LOOSE = 0.78
_TWO = 2


def first_name_level(first: str, other: str) -> Level:
    """Compare two folded first names, of one word or more."""
    if first == other:
        return Level.EXACT
    if " " not in first and " " not in other:
        return _of_first_words(first, other)
    words, others = first.split(), other.split()
    if "".join(words) == "".join(others):
        return Level.EXACT
    level = _of_first_words(words[0], others[0])
    if level is Level.EXACT:
        return Level.PART
    if not set(words).isdisjoint(others) and max(map(len, set(words) & set(others))) > 1:
        return Level.PART
    return level


def _of_first_words(word: str, other: str) -> Level:
    if word == other:
        return Level.EXACT
    if len(word) == 1 or len(other) == 1:
        return Level.INITIAL if word[0] == other[0] else Level.DIFFERENT
    if may_be_one(word, other):
        return Level.NICKNAME
    return _of_words(word, other)


def last_name_level(last: str, other: str) -> Level:
    """Compare two folded surnames without particles. One shared word of several is a part: a married name."""
    if last == other:
        return Level.EXACT
    if " " not in last and " " not in other:
        return _of_words(last, other)
    words, others = last.split(), other.split()
    if "".join(words) == "".join(others) or sorted(words) == sorted(others):
        return Level.EXACT
    if any(len(word) > 1 for word in set(words) & set(others)):
        return Level.PART
    best = min((_of_words(word, one) for word in words for one in others), key=_ORDER.__getitem__)
    return best if best in {Level.SOUNDS, Level.ONE_EDIT} else max(best, Level.LOOSE, key=_ORDER.__getitem__)


def any_name_level(name: str, other: str) -> Level:
    """Compare a first name with a surname, in case they changed places."""
    if len(name) == 1 or len(other) == 1:
        return _of_first_words(name, other)
    return last_name_level(name, other)


def _of_words(word: str, other: str) -> Level:
    shorter, longer = sorted((len(word), len(other)))
    if shorter < _SHORT - 1:
        return Level.DIFFERENT
    edits = OSA.distance(word, other, score_cutoff=_TWO)
    if edits <= 1 and longer >= _SHORT:
        return Level.ONE_EDIT
    if shorter >= _SHORT and sound_of(word) == sound_of(other):
        return Level.SOUNDS
    if edits == _TWO and longer >= _LONG:
        return Level.CLOSE
    alike = JaroWinkler.similarity(word, other)
    if alike >= _CLOSE:
        return Level.CLOSE
    return Level.LOOSE if alike >= _LOOSE else Level.DIFFERENT


def _one_edit(value: str, other: str) -> Level | None:
    """One letter or digit different, more or less; or two neighbours turned, which chance does less."""
    if OSA.distance(value, other, score_cutoff=1) > 1:
        return None
    return Level.TRANSPOSED if len(value) == len(other) and sorted(value) == sorted(other) else Level.ONE_EDIT


def birth_date_level(born: str, other: str) -> Level:
    """Compare two birth dates. Equal on 1 January says little: often it is nobody's birthday."""
    if born == other:
        return Level.NEW_YEAR if is_date(born) and born.endswith("0101") else Level.EXACT
    if not is_date(born) or not is_date(other):
        return Level.ONE_EDIT if OSA.distance(born, other, score_cutoff=1) <= 1 else Level.DIFFERENT
    if born == swapped(other):
        return Level.SWAPPED
    if (edit := _one_edit(born, other)) is not None:
        return edit
    return _date_parts_level(born, other)


def _date_parts_level(born: str, other: str) -> Level:
    same = (born[:4] == other[:4]) + (born[4:6] == other[4:6]) + (born[6:] == other[6:])
    if same >= _TWO:
        return Level.TWO_PARTS
    if OSA.distance(born, other, score_cutoff=_TWO) <= _TWO:
        return Level.CLOSE
    return Level.PART if born[:4] == other[:4] else Level.DIFFERENT


def postcode_level(postcode: str, other: str) -> Level:
    """Compare two postcodes: the same, one edit, the four digits, the first two, different.

    One edit in a foreign one is called close: most are four or five digits, which lie nearer together.
    """
    if postcode == other:
        return Level.EXACT
    dutch = is_dutch(postcode) and is_dutch(other)
    if (edit := _one_edit(postcode, other)) is not None:
        return edit if dutch or edit is Level.TRANSPOSED else Level.CLOSE
    if dutch:
        if postcode[:4] == other[:4]:
            return Level.AREA
        return Level.REGION if postcode[:2] == other[:2] else Level.DIFFERENT
    return Level.DIFFERENT


def street_level(street: str, other: str) -> Level:
    """Compare two streets with their numbers."""
    if street == other:
        return Level.EXACT
    if not _numbers(street).isdisjoint(_numbers(other)) and JaroWinkler.similarity(street, other) >= _CLOSE:
        return Level.CLOSE
    return Level.AREA if _letters(street) == _letters(other) else Level.DIFFERENT


def place_level(place: str, other: str) -> Level:
    """Compare two places."""
    return Level.EXACT if place == other else _of_words(place, other)


def email_level(emails: str, others: str) -> Level:
    """Compare addresses: one in common, or the part before the @ (another provider, or a typo in it)."""
    mine, theirs = emails.split(), others.split()
    if not set(mine).isdisjoint(theirs):
        return Level.EXACT
    pairs = [(one, other) for one in mine for other in theirs]
    if any(OSA.distance(one, other, score_cutoff=1) <= 1 for one, other in pairs):
        return Level.ONE_EDIT
    locals_ = {one.rpartition("@")[0] for one in mine} & {one.rpartition("@")[0] for one in theirs}
    return Level.PART if any(len(local) > _SHORT for local in locals_) else Level.DIFFERENT


def phone_level(phones: str, others: str) -> Level:
    """Compare numbers: one in common, or one digit different."""
    mine, theirs = phones.split(), others.split()
    if not set(mine).isdisjoint(theirs):
        return Level.EXACT
    near = any(OSA.distance(one, other, score_cutoff=1) <= 1 for one in mine for other in theirs)
    return Level.ONE_EDIT if near else Level.DIFFERENT


def account_level(accounts: str, others: str) -> Level:
    """Compare accounts: one in common, or none, which says nothing: people make new ones."""
    return Level.DIFFERENT if set(accounts.split()).isdisjoint(others.split()) else Level.EXACT


def photo_level(photo: str, other: str) -> Level:
    """Compare perceptual hashes of one length: the same, or within one bit in six."""
    if photo == other:
        return Level.EXACT
    try:
        apart = (int(photo, 16) ^ int(other, 16)).bit_count()
    except ValueError:
        return Level.DIFFERENT
    near = len(photo) == len(other) and apart * 6 <= len(photo) * 4
    return Level.CLOSE if near else Level.DIFFERENT


def _numbers(street: str) -> set[str]:
    return {word for word in street.split() if word[0].isdigit()}


def _letters(street: str) -> str:
    return " ".join(word for word in street.split() if not word[0].isdigit())
