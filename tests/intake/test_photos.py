"""Photos: kept as pixels alone, whatever came with them."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from backoffice.audit.models import Event
from backoffice.outbox import tasks
from backoffice.outbox.models import FileRemoval
from backoffice.outbox.services.files import remove_after_commit, remove_due_files
from backoffice.staff.models import User
from moderation.choices import Queue
from moderation.models import Profile, Review
from moderation.services.photos import NotAPhoto, ProfileUnknown, receive_photo
from moderation.services.records import Receipt
from tests.intake.conftest import SITE, profile
from tests.memory import peak_of
from tests.pictures import (
    encoded,
    jpeg,
    jpeg_of_a_place,
    jpeg_of_many_scans,
    picture,
    png_bomb,
    png_of_bits,
)

pytestmark = pytest.mark.django_db

CANARY = "kanarie-in-de-camera"
WHITE, GREY = (255, 255, 255), (128, 128, 128)


@pytest.fixture
def send(
    intake: User, take: Callable[..., list[Receipt]], at: datetime, media: Path
) -> Callable[..., Receipt]:
    """Hand over a photo of the member m-1, who is here."""
    take(profile())

    def sent(content: bytes, *, member_id: str = "m-1", revision: int | None = None) -> Receipt:
        return receive_photo(
            actor=intake, site=SITE, member_id=member_id, content=content, revision=revision, at=at
        )

    return sent


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def kept(media: Path) -> Image.Image:
    """The only file there is; it is the one that the profile names."""
    (file,) = files(media)
    assert file == media / Profile.objects.get(member_id="m-1").photo
    return Image.open(io.BytesIO(file.read_bytes()), formats=("JPEG",))


def near(one: Any, other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 6 for a, b in zip(one, other, strict=True))


class TestAPhoto:
    def test_moves_the_review_that_waits_and_is_written_down_once(
        self, send: Callable[..., Receipt], media: Path
    ) -> None:
        waiting = Review.objects.get()
        receipt = send(jpeg())
        assert (receipt.result, receipt.review_id) == ("updated", waiting.pk)
        assert Review.objects.get().version == Profile.objects.get().version == 2
        assert Event.objects.filter(kind="photo.received").count() == 1
        assert Profile.objects.get().history.first().history_change_reason == "photo"
        assert kept(media).size == (40, 30)

    def test_opens_a_review_of_what_was_decided(
        self, send: Callable[..., Receipt], decide_everything: Callable[[], None]
    ) -> None:
        decide_everything()
        receipt = send(jpeg())
        review = Review.objects.get(state="pending")
        assert (review.pk, review.queue) == (receipt.review_id, Queue.CHANGED_PROFILES)

    def test_in_a_later_revision_makes_those_between_late(
        self, send: Callable[..., Receipt], media: Path
    ) -> None:
        send(jpeg(), revision=1)
        assert send(jpeg(), revision=9).result == "unchanged"
        assert send(jpeg((0, 0, 250)), revision=5).result == "ignored"
        assert Profile.objects.get().photo_revision == 9
        assert len(Profile.history.filter(history_change_reason="photo")) == 1

    def test_of_somebody_unknown_is_refused_and_leaves_nothing(
        self, send: Callable[..., Receipt], media: Path
    ) -> None:
        with pytest.raises(ProfileUnknown) as refusal:
            send(jpeg(), member_id="m-2")
        assert refusal.value.field == "member_id"
        assert files(media) == []
        assert not FileRemoval.objects.exists()


class TestWhatIsKept:
    def test_says_nothing_of_where_and_with_what(self, send: Callable[..., Receipt], media: Path) -> None:
        given = jpeg_of_a_place(CANARY)
        assert CANARY.encode() in given
        send(given)
        (file,) = files(media)
        assert CANARY.encode() not in file.read_bytes()
        image = kept(media)
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)

    def test_stands_upright(self, send: Callable[..., Receipt], media: Path) -> None:
        send(jpeg_of_a_place(CANARY))
        assert kept(media).size == (30, 40)

    def test_is_a_picture_and_nothing_behind_it(self, send: Callable[..., Receipt], media: Path) -> None:
        archive = b"PK\x03\x04" + b"<script>alert(1)</script><?php system('id'); ?>"
        send(jpeg() + archive)
        (file,) = files(media)
        assert file.suffix == ".jpg"
        assert b"script" not in file.read_bytes()
        assert b"PK\x03\x04" not in file.read_bytes()

    @pytest.mark.parametrize(
        ("content", "colour"),
        [
            pytest.param(jpeg(), (200, 30, 30), id="jpeg"),
            pytest.param(encoded(picture(), "PNG"), (200, 30, 30), id="png"),
            pytest.param(encoded(picture(), "WEBP", quality=95), (200, 30, 30), id="webp"),
            pytest.param(encoded(picture(), progressive=True), (200, 30, 30), id="progressive jpeg"),
            pytest.param(encoded(picture("L")), GREY, id="grey jpeg"),
            pytest.param(encoded(picture("CMYK", colour=(0, 255, 255, 0))), (255, 0, 0), id="cmyk jpeg"),
            pytest.param(encoded(picture("1", colour=1), "PNG"), WHITE, id="1 bit"),
            pytest.param(png_of_bits(16, kind=0, pixel=b"\x80\x00"), GREY, id="16 bits of grey"),
            pytest.param(png_of_bits(16, kind=2, pixel=b"\x80\x00" * 3), GREY, id="16 bits of colour"),
            pytest.param(encoded(picture().quantize(8), "PNG"), (200, 30, 30), id="palette"),
            pytest.param(encoded(picture("RGBA", colour=(9, 9, 9, 0)), "PNG"), WHITE, id="transparent png"),
            pytest.param(encoded(picture("LA", colour=(9, 0)), "PNG"), WHITE, id="transparent grey"),
            pytest.param(encoded(picture("RGBA", colour=(9, 9, 9, 0)), "WEBP"), WHITE, id="transparent webp"),
            pytest.param(encoded(picture("P", colour=0), "PNG", transparency=0), WHITE, id="see-through"),
            pytest.param(
                encoded(picture(), "WEBP", save_all=True, append_images=[picture(colour=(0, 0, 250))]),
                (200, 30, 30),
                id="the first of a moving webp",
            ),
            pytest.param(
                encoded(picture(), "PNG", save_all=True, append_images=[picture(colour=(0, 0, 250))]),
                (200, 30, 30),
                id="the first of a moving png",
            ),
            pytest.param(
                encoded(picture(), "MPO", save_all=True, append_images=[picture(colour=(0, 0, 250))]),
                (200, 30, 30),
                id="the first of several in a jpeg",
            ),
            pytest.param(jpeg() + bytes([0xFF, 0xDA]) * 100, (200, 30, 30), id="a film behind a jpeg"),
            pytest.param(jpeg_of_many_scans(20), GREY, id="twenty scans"),
        ],
    )  # fmt: skip
    def test_looks_like_what_was_sent(
        self, send: Callable[..., Receipt], media: Path, content: bytes, colour: tuple[int, ...]
    ) -> None:
        send(content)
        image = kept(media).convert("RGB")
        assert near(image.getpixel((3, 3)), colour)

    @pytest.mark.parametrize(
        ("size", "fits"),
        [((1, 1), (1, 1)), ((20_000, 1), (1024, 1)), ((1, 20_000), (1, 1024)), ((3000, 1500), (1024, 512))],
    )
    def test_is_of_1024_pixels_at_most(
        self, send: Callable[..., Receipt], media: Path, size: tuple[int, int], fits: tuple[int, int]
    ) -> None:
        send(encoded(picture("L", size), "PNG"))
        assert kept(media).size == fits


@pytest.mark.filterwarnings(
    "ignore::PIL.Image.DecompressionBombWarning"
)  # Pillow warns of sizes that we refuse ourselves
class TestWhatIsNoPhoto:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b"hoi", id="text"),
            pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", id="svg"),
            pytest.param(encoded(picture("P"), "GIF"), id="gif"),
            pytest.param(encoded(picture(), "BMP"), id="bmp"),
            pytest.param(encoded(picture(), "TIFF"), id="tiff"),
            pytest.param(encoded(picture(), "ICO", sizes=[(16, 16)]), id="ico"),
            pytest.param(encoded(picture(), "AVIF"), id="avif"),
            pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), id="heic"),
            pytest.param(b"%PDF-1.7\n" + jpeg(), id="pdf"),
            pytest.param(b"<html>" + jpeg(), id="html"),
            pytest.param(jpeg()[:300], id="half a jpeg"),
            pytest.param(jpeg()[:-400], id="a jpeg without its end"),
            pytest.param(encoded(picture(), "PNG")[:-30], id="a png without its end"),
            pytest.param(encoded(picture(), "WEBP")[:-30], id="a webp without its end"),
            pytest.param(b"\xff\xd8\xff", id="the beginning of a jpeg"),
            pytest.param(b"\x89PNG\r\n\x1a\n", id="the beginning of a png"),
            pytest.param(png_bomb(9000, 9000), id="81 million pixels"),
            pytest.param(png_bomb(12_000, 12_000), id="144 million pixels"),
            pytest.param(png_bomb(30_000, 30_000), id="900 million pixels"),
            pytest.param(png_bomb(20_001, 1), id="too wide"),
            pytest.param(jpeg_of_many_scans(5000), id="unpacked five thousand times"),
        ],
    )
    def test_is_refused_in_words_and_leaves_nothing(
        self, send: Callable[..., Receipt], media: Path, content: bytes
    ) -> None:
        with pytest.raises(NotAPhoto) as refusal:
            send(content)
        assert refusal.value.field == "photo"
        assert files(media) == []
        assert (Profile.history.count(), Profile.objects.get().version) == (1, 1)
        assert not FileRemoval.objects.exists()

    def test_is_not_unpacked_when_it_is_too_large(self, send: Callable[..., Receipt]) -> None:
        bomb = png_bomb(12_000, 12_000)
        with peak_of() as peak, pytest.raises(NotAPhoto):
            send(bomb)
        assert peak.grew < 15  # unpacked: 144


@pytest.mark.django_db(transaction=True)
class TestAFileThatMustGo:
    """Killed at any moment, a process leaves no file that nobody knows of."""

    def test_is_noted_before_it_is_written(
        self, send: Callable[..., Receipt], monkeypatch: pytest.MonkeyPatch, at: datetime
    ) -> None:
        """So that the job finds it when the process is killed before it is kept."""
        noted: list[tuple[str, datetime]] = []

        def others_see() -> None:
            noted.extend(FileRemoval.objects.values_list("path", "due_at"))
            connection.close()

        def saved(path: str, content: Any) -> str:
            with ThreadPoolExecutor(1) as another:
                another.submit(others_see).result()
            return save(path, content)

        save = default_storage.save
        monkeypatch.setattr(default_storage, "save", saved)
        send(jpeg())
        assert noted == [(Profile.objects.get().photo, at + timedelta(hours=1))]
        assert not FileRemoval.objects.exists()

    def test_is_found_by_the_job_when_the_commit_was_the_last_thing_done(
        self, setup_acts: User, media: Path, at: datetime
    ) -> None:
        left = media / "photos"
        left.mkdir()
        (left / "a.jpg").write_bytes(jpeg())
        FileRemoval.objects.create(path="photos/a.jpg", due_at=at)
        tasks.remove_files()
        assert files(media) == []
        assert not FileRemoval.objects.exists()

    def test_that_the_disk_keeps_does_not_stop_the_others(self, media: Path, at: datetime) -> None:
        (media / "a.jpg" / "b").mkdir(parents=True)  # a folder that is not empty cannot be removed
        (media / "b.jpg").write_bytes(b"x")
        remove_after_commit(["a.jpg", "b.jpg"], at=at)
        assert files(media) == []
        assert FileRemoval.objects.get().path == "a.jpg"
        (media / "a.jpg" / "b").rmdir()
        remove_due_files(at=at + timedelta(hours=1))
        assert not FileRemoval.objects.exists()

    def test_takes_the_place_of_the_one_before(self, send: Callable[..., Receipt], media: Path) -> None:
        send(jpeg())
        send(jpeg((0, 0, 250)))
        assert near(kept(media).getpixel((5, 5)), (0, 0, 250))

    def test_that_is_here_already_changes_nothing(self, send: Callable[..., Receipt], media: Path) -> None:
        send(jpeg(), revision=3)
        before = Profile.history.count(), Profile.objects.get().photo, Event.objects.count()
        assert send(jpeg(), revision=3).result == "unchanged"
        assert send(jpeg((0, 0, 250)), revision=2).result == "ignored"
        assert send(jpeg()).result == "unchanged"
        assert (Profile.history.count(), Profile.objects.get().photo, Event.objects.count()) == before
        assert not FileRemoval.objects.exists()
