"""What a field may not hold, by the kind of field; and a request that is right."""

from typing import Any

FULL_REQUEST: dict[str, Any] = {
    "member_id": "m-1",
    "kind": "request",
    "title": "Wie snoeit mee?",
    "text": "De heg is te hoog.",
    "keywords": ["tuin"],
    "place": "Zwolle",
    "posted_at": "2026-11-16T09:00:00+01:00",
}
NO_TEXT = [1, 1.5, True, [], {}, ["a"], {"a": "b"}]
CONTROL = ["a\u0000b", "a\u0007b", "a\u001bb", "a\u007fb", "a\u0085b"]
LINE_ENDS = ["a\nb", "a\rb", "a\tb", "a\u2028b", "a\u2029b"]
TURNS_AROUND = ["a\u202eb", "a\u202ab", "a\u200fb", "a\u2066b", "\u061ca"]
UNSEEN = [f"a{mark}b" for mark in "\u200b\u200d\u2060\ufeff\u00ad\u180e\u3164\U000e0041"]
NO_CHARACTERS = ["a\ufffeb", "a\uffffb", "a\ufdd0b"]
BAD_TEXT = [*NO_TEXT, *CONTROL, *TURNS_AROUND, *UNSEEN, *NO_CHARACTERS]
WRONG: dict[str, list[Any]] = {
    "line": [*BAD_TEXT, *LINE_ENDS, "a" * 201, "a" * 900_000],
    "text": [*BAD_TEXT, "a" * 10_001, "a" * 900_000],
    "whole": [None, "1", "", 1.0, 1.5, True, [], {}, -1, 2**63, 10**30],
    "day": [
        0, 1700000000, "0", "1700000000", "", "gisteren", True, [], {}, "1971-02-30", "1971-13-01",
        "1971-2-3",
        "19710228", "71-02-28", "1971-02-28T00:00:00", "1971-02-28T00:00:00Z", "1971-02-28 ", "0001-01-01",
        "0000-01-01", "1899-12-31", "9999-12-31", "10000-01-01", "-001-01-01", "1971-02-29", "1971/02/28",
        "\u0661\u0669\u0667\u0661-02-28", "1971-W05-1",
    ],
    "moment": [
        0, 1700000000, "1700000000", "", True, [], {}, "2026-11-16", "2026-11-16T09:00:00",
        "2026-02-30T09:00:00Z", "2026-11-16T25:00:00Z", "2026-11-16T09:61:00Z", "2026-11-16T09:00:00+99:00",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00", "1999-12-31T22:59:59Z",
    ],
    "truth": [0, 1, "true", "", [], 1.0],
    "words": [
        "a", {"a": 1}, {}, 1, True, [1], [None], [""], [" "], ["a", ["b"]], ["a"] * 31, ["a" * 61], ["a\nb"],
    ],
    "address": [
        *NO_TEXT, "a", "a@", "@b.nl", "a@b", "a b@c.nl", "a@b.nl, c@d.nl", "a@[127.0.0.1]", "a@localhost",
        "<a@b.nl>", "a@b..nl", f"a@{'b' * 250}.nl", "a@b.nl\n", "a@b.nl\u202e",
    ],
    "number": [None, *NO_TEXT, "", ".", "..", "a/b", "a b", "a%2Fb", "é", "a\u0000", "a\n", "-a", "a" * 81],
    "kind": [None, *NO_TEXT, "", "Request", "question", "request "],
}  # fmt: skip
OF_PROFILES = {
    "revision": "whole", "salutation": "line", "first_name": "line", "infix": "line", "last_name": "line",
    "birth_date": "day", "postcode": "line", "place": "line", "email": "address", "phone": "line",
    "about": "text", "keywords": "words", "member_since": "day", "visible": "truth", "via_facebook": "truth",
    "wants_mail": "truth",
}  # fmt: skip
OF_REQUESTS = {
    "revision": "whole", "member_id": "number", "kind": "kind", "title": "line", "text": "text",
    "keywords": "words", "place": "line", "posted_at": "moment",
}  # fmt: skip
