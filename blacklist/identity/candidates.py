"""Which keys are worth asking for: a key that many people share says little and costs much."""

from collections.abc import Iterable, Mapping

CAP = 60
"""People under one key above which it is not asked for."""
FEWEST = 3
"""Keys that are asked for at least, the rarest first, when all of them are common..."""
MOST = 400
"""... as long as no more people than this are under them."""


def worth_asking(keys: Iterable[int], sizes: Mapping[int, int]) -> list[int]:
    """Return those of `keys` to look for. `sizes` has how many people are under each that is not rare."""
    by_size = sorted(keys, key=lambda key: (sizes.get(key, 0), key))
    chosen = [key for key in by_size if sizes.get(key, 0) <= CAP]
    return chosen + [key for key in by_size[len(chosen) : FEWEST] if sizes[key] <= MOST]
