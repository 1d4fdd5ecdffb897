"""What the blacklist keeps."""

from blacklist.models.lookup import ListedPerson, ScratchPerson, ScratchTally, Tally

__all__ = ["ListedPerson", "ScratchPerson", "ScratchTally", "Tally"]
