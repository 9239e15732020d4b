"""The sound of stored answers: what there is, what the settings do with it, and doing that.

A recording is compressed in steps that a crash may fall between: FLAC is written beside the WAV
file and compared with it; it gets its name, and the rows name it, in one transaction; then the WAV
file goes. Where both are there, the next tidying compares them and goes on. The notes beside a
recording serve both.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from heapq import nlargest
from pathlib import Path

from trainer.audio.reading import FLAC, WAV
from trainer.capture.files import delete as delete_file
from trainer.capture.files import partials, sidecar
from trainer.children.parent import Stopped
from trainer.config import Settings
from trainer.errors import StoreError, TrainerError
from trainer.keeping.choosing import choose, is_older
from trainer.keeping.compression import BadRecordingError, compress, is_same
from trainer.keeping.types import Amount, Count, KeptSound, Plan, Tidied, amount
from trainer.paths import Home
from trainer.store.database import Store
from trainer.store.owners import file_lock
from trainer.store.recordings import all_forms, stem
from trainer.store.sounds import NamedSound

Cancelled = Callable[[], bool]
Forms = Mapping[str, os.stat_result]
"""What the system tells of the files of a recording, by their endings."""
Files = Mapping[str, Forms]
"""All recordings by their names without ending."""

TIDYING = "tidying"
"""The name of the lock of whoever tidies."""
_NEWEST = 200
"""More are not spoken between two tidyings of everything."""
_log = logging.getLogger(__name__)


class Keeping:
    """The sound that a history keeps. `settings` returns what is chosen at the moment.

    Methods may raise `StoreError`. Threads and other programs may use the same folder meanwhile.
    """

    def __init__(
        self,
        home: Home,
        store: Store,
        settings: Callable[[], Settings],
        now_s: Callable[[], float] = time.time,
    ) -> None:
        self._home = home
        self._store = store
        self._settings = settings
        self._now_s = now_s
        self._bad: set[str] = set()
        """What cannot be compressed: it is tried once in a program."""

    # What there is

    @property
    def any_spoken(self) -> bool:
        """Whether an answer was ever spoken, even if its sound is gone. Never raises."""
        try:
            return self._store.sounds.any_named()
        except StoreError:
            return False

    def count(self) -> Count:
        """Return what is in the folder of recordings."""
        files = all_forms(self._home)
        answers = self._store.sounds.of_answers()
        in_drafts = self._store.sounds.of_drafts()
        named = {sound.key for sound in answers} | in_drafts
        plain = {key for key, forms in files.items() if WAV in forms}
        sizes = {key: _bytes(forms) for key, forms in files.items()}

        def of(keys: Iterable[str]) -> Amount:
            return Amount.of(sizes[key] for key in keys)

        return Count(
            of(files),
            of(plain),
            of(files.keys() - plain),
            of(files.keys() & in_drafts),
            of(files.keys() - named),
            next((sound.started_at for sound in answers if sound.key in files), None),
        )

    def plan(self, settings: Settings | None = None) -> Plan:
        """Return what tidying would do now, by these settings or those that are chosen."""
        return choose(self._kept(), settings or self._settings(), self._now_s())

    def matching(self, days: int | None) -> tuple[KeptSound, ...]:
        """Return the sound of stored answers that is older than so many days; None: all of it."""
        return tuple(
            sound
            for sound in self._kept()
            if not sound.named.in_draft and (days is None or is_older(sound, days, self._now_s()))
        )

    # Screens

    def hold(self, recording: str) -> None:
        """Say that a recording is shown: nobody deletes or changes it until `release`."""
        self._store.sounds.hold(stem(recording))

    def release(self, recording: str) -> None:
        """Take one `hold` back."""
        self._store.sounds.release(stem(recording))

    # What is done

    def tidy(self, cancelled: Cancelled = lambda: False, most: int | None = None) -> Tidied:
        """Delete what the settings say, put right what a crash left, and compress the rest.

        At most `most` recordings are compressed. When it is `cancelled` it ends within a moment,
        and the next tidying goes on. Nothing that one recording meets keeps the others from it.
        """
        with self._alone() as alone:
            if not alone:
                return Tidied(is_busy=True)
            answers = self._store.sounds.of_answers(cancelled)
            files = all_forms(self._home)
            if self._put_right(answers, files, cancelled):
                answers = self._store.sounds.of_answers(cancelled)
                files = all_forms(self._home)
            if cancelled():
                return Tidied()
            plan = choose(_kept(answers, files), self._settings(), self._now_s())
            gone = self._delete(plan.delete)
            done = self._compress(plan.compress, cancelled, most)
        return Tidied(
            gone.deleted,
            done.compressed,
            gone.deleted.bytes + done.saved_bytes,
            gone.left + done.left,
            problem=gone.problem or done.problem,
        )

    def tidy_newest(self) -> Tidied:
        """Delete what is kept as words only, of the newest recordings, and do nothing else.

        It takes a moment however long the history is. Whatever else is due waits for `tidy`.
        """
        settings = self._settings()
        if settings.sound != "transcript":
            return Tidied()
        with self._alone() as alone:
            if not alone:
                return Tidied(is_busy=True)
            files = all_forms(self._home)
            newest = nlargest(_NEWEST, files, key=lambda key: _came_at(files[key]))
            named = self._store.sounds.of_keys(newest)
            return self._delete(choose(_kept(named, files), settings, self._now_s()).delete)

    def compress(self, recording: str) -> Tidied:
        """Compress one recording of a stored answer now, if nothing holds it."""
        with self._alone() as alone:
            if not alone:
                return Tidied(is_busy=True)
            key = stem(recording)
            chosen = [s for s in self.plan().compress if s.named.key == key]
            return self._compress(chosen, lambda: False, None)

    def delete(self, days: int | None) -> Tidied:
        """Delete the sound that `matching` returns; words and ratings stay."""
        with self._alone() as alone:
            return self._delete(self.matching(days)) if alone else Tidied(is_busy=True)

    # Parts of the above

    def _kept(self) -> tuple[KeptSound, ...]:
        """Return what there is of all recordings that answers name."""
        return _kept(self._store.sounds.of_answers(), all_forms(self._home))

    def _delete(self, sounds: Iterable[KeptSound]) -> Tidied:
        gone: list[KeptSound] = []
        left = 0
        problem: TrainerError | None = None
        for sound in sounds:
            file = self._file(sound.named.key, WAV)
            try:
                done = self._store.sounds.change(sound.named, partial(delete_file, file))
            except StoreError as error:
                problem = problem or error
                done = False
            if done:
                gone.append(sound)
            else:
                left += 1
        if gone:
            _log.info("%d recordings were deleted, as chosen", len(gone))
        return Tidied(amount(gone), saved_bytes=amount(gone).bytes, left=left, problem=problem)

    def _compress(
        self, sounds: Iterable[KeptSound], cancelled: Cancelled, most: int | None
    ) -> Tidied:
        done: list[KeptSound] = []
        left = saved = 0
        problem: TrainerError | None = None
        tried = 0
        for sound in sounds:
            if cancelled() or (most is not None and tried >= most):
                break
            if sound.named.key in self._bad:
                continue
            tried += 1
            try:
                fewer = self._compress_one(sound, cancelled)
            except Stopped:
                break
            except BadRecordingError as error:
                _log.info("%s", error)
                self._bad.add(sound.named.key)
                left += 1
            except TrainerError as error:  # a full disk, say: the next would meet it too
                problem = error
                break
            else:
                if fewer is None:
                    left += 1
                else:
                    done.append(sound)
                    saved += fewer
        if done:
            _log.info("%d recordings were compressed", len(done))
        return Tidied(compressed=amount(done), saved_bytes=saved, left=left, problem=problem)

    def _compress_one(self, sound: KeptSound, cancelled: Cancelled) -> int | None:
        """Return how many bytes were saved; None where the recording is in use."""
        wav, flac = self._file(sound.named.key, WAV), self._file(sound.named.key, FLAC)
        new = partials(flac)[1]
        try:
            before = _state(wav)
            compress(wav, new, cancelled)
            size = new.stat().st_size

            def swap() -> None:
                from trainer.system import reach_disk  # asyncio: 30 ms

                if _state(wav) != before:  # it was written to meanwhile
                    raise _ChangedError
                new.replace(flac)
                reach_disk(flac.parent)

            if not self._store.sounds.change(sound.named, swap, flac.name):
                return None
        except (FileNotFoundError, _ChangedError):
            return None
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)
        with suppress(OSError):  # open somewhere: the next tidying comes back to it
            wav.unlink()
        return max(0, sound.bytes - size)

    def _put_right(self, answers: Iterable[NamedSound], files: Files, cancelled: Cancelled) -> bool:
        """Finish what a crash has left in the middle; return whether anything may have changed."""
        changed = False
        drafts = self._store.sounds.of_drafts()
        for left_over in self._home.recordings.glob("*.partial"):
            if left_over.name.endswith(f"{FLAC}.partial") or stem(left_over.name) not in drafts:
                with suppress(OSError):
                    left_over.unlink()
        for sound in answers:
            forms = files.get(sound.key, {})
            if len(forms) == 1 and sound.name == f"{sound.key}{next(iter(forms))}":
                continue  # as nearly all are
            wav, flac = self._file(sound.key, WAV), self._file(sound.key, FLAC)
            if cancelled() or sound.in_draft:
                continue
            with suppress(TrainerError, OSError, Stopped):
                if not forms:
                    sidecar(wav).unlink(missing_ok=True)
                elif len(forms) == 1:
                    changed = True
                    self._store.sounds.change(sound, _nothing, f"{sound.key}{next(iter(forms))}")
                elif len(forms) == 2 and sound.name == flac.name:
                    changed = True
                    if is_same(wav, flac, cancelled):
                        self._store.sounds.change(sound, wav.unlink)
                    else:  # the WAV file is what was recorded
                        self._store.sounds.change(sound, flac.unlink, wav.name)
        return changed

    def _file(self, key: str, form: str) -> Path:
        return self._home.recordings / f"{key}{form}"

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Yield whether no other program, and no other thread, is tidying."""
        from filelock import Timeout

        try:
            lock = file_lock(self._home.ensure(self._home.locks) / TIDYING)
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()


def _kept(answers: Iterable[NamedSound], files: Files) -> tuple[KeptSound, ...]:
    """Return what there is of these recordings."""
    return tuple(
        KeptSound(named, _bytes(forms), WAV in forms, _came_at(forms))
        for named in answers
        for forms in (files.get(named.key),)
        if forms
    )


def _bytes(forms: Forms) -> int:
    return sum(form.st_size for form in forms.values())


def _came_at(forms: Forms) -> float:
    return forms[WAV if WAV in forms else FLAC].st_mtime


def _state(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except FileNotFoundError:  # its answer was deleted meanwhile
        raise _ChangedError from None
    return found.st_size, found.st_mtime_ns


class _ChangedError(Exception):
    """A file is not what it was when it was compressed."""


def _nothing() -> None:
    """Change rows only."""
