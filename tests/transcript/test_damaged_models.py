"""A damaged model, in every way that is known, is an answer and takes nothing down."""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.transcript.conftest import MODEL, Follow
from trainer.transcript.engines import Engine, RecogniserPhase
from trainer.transcript.lookup import find_engine

PLENTY_S = 60.0
Damage = Callable[[Path], object]


def gone(model: Path) -> None:
    shutil.rmtree(model)


def emptied(model: Path) -> None:
    gone(model)
    model.mkdir()


def file_in_its_place(model: Path) -> None:
    gone(model)
    model.write_text("a model", encoding="utf-8")


def too_deep(model: Path) -> None:
    inside = model.with_name("moved")
    model.rename(inside)
    (model / "a" / "b").mkdir(parents=True)
    inside.rename(model / "a" / "b" / "model")


def without(name: str) -> Damage:
    return lambda model: (model / name).unlink()


def with_content(name: str, content: bytes) -> Damage:
    return lambda model: (model / name).write_bytes(content)


def truncated(name: str, share: float) -> Damage:
    def damage(model: Path) -> None:
        content = (model / name).read_bytes()
        (model / name).write_bytes(content[: int(len(content) * share)])

    return damage


def other_labels(model: Path) -> None:
    """Shift every label of the graph: as with the graph of another, bigger model."""
    file = model / "graph" / "HCLG.fst"
    graph = bytearray(file.read_bytes())
    (states,) = struct.unpack_from("<q", graph, 50)
    at = 66
    for _ in range(states):
        (arcs,) = struct.unpack_from("<q", graph, at + 4)
        at += 12
        for _ in range(arcs):
            (label,) = struct.unpack_from("<i", graph, at)
            struct.pack_into("<i", graph, at, label + 1_000_000 if label else 0)
            at += 16
    assert at == len(graph)
    file.write_bytes(graph)


def no_start(model: Path) -> None:
    file = model / "graph" / "HCLG.fst"
    graph = bytearray(file.read_bytes())
    struct.pack_into("<q", graph, 42, -1)
    file.write_bytes(graph)


def as_small_models(model: Path) -> None:
    """Name the graph as the two parts of the published small models, which it is not."""
    graph = model / "graph"
    (graph / "HCLG.fst").rename(graph / "HCLr.fst")
    (graph / "Gr.fst").write_bytes((graph / "HCLr.fst").read_bytes()[:1000])


NOISE = random.Random(1).randbytes(5000)
PAGE = b"<!DOCTYPE html><html><body>Not found</body></html>\n"
DAMAGES: dict[str, Damage] = {
    "missing": gone,
    "empty": emptied,
    "a file": file_in_its_place,
    "too deep": too_deep,
    "no acoustic model": without("am/final.mdl"),
    "no settings": without("conf/model.conf"),
    "no features": without("conf/mfcc.conf"),
    "no graph": without("graph/HCLG.fst"),
    "no words": without("graph/words.txt"),
    "acoustic model 0": truncated("am/final.mdl", 0),
    "acoustic model half": truncated("am/final.mdl", 0.5),
    "acoustic model nearly": truncated("am/final.mdl", 0.9999),
    "acoustic model noise": with_content("am/final.mdl", NOISE),
    "acoustic model a page": with_content("am/final.mdl", PAGE),
    "graph 0": truncated("graph/HCLG.fst", 0),
    "graph half": truncated("graph/HCLG.fst", 0.5),
    "graph nearly": truncated("graph/HCLG.fst", 0.9999),
    "graph noise": with_content("graph/HCLG.fst", NOISE),
    "graph in two parts": as_small_models,
    "words noise": with_content("graph/words.txt", NOISE),
    "words empty": with_content("graph/words.txt", b""),
    "words cut": with_content("graph/words.txt", b"<eps> 0\n"),
    "boundaries noise": with_content("graph/phones/word_boundary.int", NOISE),
    "settings empty: aborts": with_content("conf/model.conf", b""),
    "settings unknown": with_content("conf/model.conf", b"--colour=blue\n"),
    "features empty": with_content("conf/mfcc.conf", b""),
    "features other": with_content("conf/mfcc.conf", b"--num-ceps=13\n"),
    "graph of another: crashes": other_labels,
    "graph without start: aborts": no_start,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_model_fails_with_its_folder_and_a_remedy(
    name: str, tmp_path: Path, follow: Follow
) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    DAMAGES[name](model)
    recogniser = follow(tmp_path / "no recording yet.wav", Engine("vosk", "model", model))
    state = recogniser.wait(PLENTY_S)
    assert state.phase is RecogniserPhase.FAILED
    assert state.problem
    assert str(model) in state.problem.message
    assert "sound is kept" in state.problem.message
    assert "trainer models use" in state.problem.hint
    if name.endswith("crashes"):
        assert "SIGSEGV" in state.problem.message
    if name.endswith("aborts"):
        assert "SIGABRT" in state.problem.message


def test_an_undamaged_copy_works(tmp_path: Path, follow: Follow) -> None:
    shutil.copytree(MODEL, tmp_path / "unpacked" / "model")
    engine = find_engine([], str(tmp_path / "unpacked"))
    assert engine
    recogniser = follow(tmp_path / "no recording.wav", engine)
    recogniser.finish()
    assert recogniser.wait(PLENTY_S).phase is RecogniserPhase.DONE


def test_the_layout_of_old_models_works(tmp_path: Path, follow: Follow) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for name in ("am/final.mdl", "conf/mfcc.conf", "graph/HCLG.fst", "graph/words.txt"):
        shutil.copy(MODEL / name, old)
    engine = find_engine([], str(old))
    assert engine
    recogniser = follow(tmp_path / "no recording.wav", engine)
    recogniser.finish()
    assert recogniser.wait(PLENTY_S).phase is RecogniserPhase.DONE
