"""The files of a Vosk model, written byte by byte; numbers are little-endian.

The formats are those of Kaldi (`io-funcs-inl.h`, `kaldi-vector.cc`, `compressed-matrix.cc`,
`transition-model.cc`, `hmm-topology.cc`, `nnet-nnet.cc`, `nnet-simple-component.cc`,
`am-nnet-simple.cc`) and of OpenFst (`fst.cc`, `vector-fst.h`). Nothing of theirs is used here.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.speech.recipe.acoustic_model import FRAME_SUBSAMPLING, SPLICE, AcousticModel, Affine
from tests.speech.recipe.features import COEFFICIENTS, CONFIGURATION, Floats
from tests.speech.recipe.graph import Graph
from tests.speech.recipe.phone_table import SILENCE_PHONE, PhoneTable

FST_MAGIC = 2125659606
FST_VERSION = 2
FST_PROPERTIES = 0x3  # expanded and mutable; the rest is unknown and computed when needed

DECODING = {
    "min-active": 200,
    "max-active": 3000,
    "beam": 11.0,
    "lattice-beam": 5.0,
    "acoustic-scale": 0.4,
    "frame-subsampling-factor": FRAME_SUBSAMPLING,
    # Without its number for silence, Kaldi ends the process at the first sound.
    "endpoint.silence-phones": SILENCE_PHONE,
    "endpoint.rule2.min-trailing-silence": 0.5,
    "endpoint.rule3.min-trailing-silence": 0.75,
    "endpoint.rule4.min-trailing-silence": 1.0,
}


def write_model(
    folder: Path,
    acoustic_model: AcousticModel,
    graph: Graph,
    word_ids: Mapping[str, int],
    phones: PhoneTable,
) -> None:
    """Write all files that Vosk reads below a folder, which is made."""
    (folder / "am").mkdir(parents=True, exist_ok=True)
    (folder / "conf").mkdir(exist_ok=True)
    (folder / "graph" / "phones").mkdir(parents=True, exist_ok=True)
    (folder / "am" / "final.mdl").write_bytes(_model(acoustic_model, phones))
    (folder / "graph" / "HCLG.fst").write_bytes(_fst(graph))
    _write_lines(folder / "conf" / "mfcc.conf", _options(CONFIGURATION))
    _write_lines(folder / "conf" / "model.conf", _options(DECODING))
    words = (f"{word} {number}" for word, number in word_ids.items())
    _write_lines(folder / "graph" / "words.txt", ["<eps> 0", *words])
    numbers = range(1, phones.number_of_phones + 1)
    boundaries = (f"{phone} {phones.place(phone)}" for phone in numbers)
    _write_lines(folder / "graph" / "phones" / "word_boundary.int", boundaries)


def _write_lines(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _options(values: Mapping[str, object]) -> list[str]:
    return [f"--{name}={value}" for name, value in values.items()]


def _token(text: str) -> bytes:
    return text.encode() + b" "


def _int(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def _float(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def _double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def _ints(values: Sequence[int]) -> bytes:
    return b"\x04" + struct.pack(f"<i{len(values)}i", len(values), *values)


def _vector(values: npt.ArrayLike) -> bytes:
    floats = np.asarray(values, dtype="<f4")
    return _token("FV") + _int(len(floats)) + floats.tobytes()


def _matrix(values: Floats) -> bytes:
    """Write a matrix in 16 bits a value, spread evenly from the least to the greatest."""
    least = np.float32(values.min())
    extent = np.float32(values.max() - least)
    steps = np.round((values.astype(np.float64) - least) / extent * 65535)
    header = struct.pack("<ffii", least, extent, *values.shape)
    return _token("CM2") + header + np.clip(steps, 0, 65535).astype("<u2").tobytes()


def _element(name: str, content: bytes) -> bytes:
    return _token(f"<{name}>") + content + _token(f"</{name}>")


def _model(acoustic_model: AcousticModel, phones: PhoneTable) -> bytes:
    """Return `final.mdl`: the phones' states, the network, and the phones' shares."""
    reach = _token("<LeftContext>") + _int(-min(SPLICE)) + _token("<RightContext>")
    return b"".join(
        [
            b"\0B",
            _element("TransitionModel", _transitions(phones)),
            _network(acoustic_model.layers),
            reach + _int(max(SPLICE)),
            _token("<Priors>") + _vector(acoustic_model.priors),
        ]
    )


def _transitions(phones: PhoneTable) -> bytes:
    """Return the one topology of all phones, their triples and their transitions' logarithms."""
    number = phones.number_of_phones
    numbers = range(1, number + 1)
    stay, leave = _int(0) + _float(0.5), _int(1) + _float(0.5)
    emitting_state = _int(0) + _int(2) + stay + leave
    final_state = _int(-1) + _int(0)
    entry_of_phone = [-1] + [0] * number
    topology = _ints(numbers) + _ints(entry_of_phone) + _int(1)
    topology += _int(2) + emitting_state + final_state
    triples = (_int(phone) + _int(0) + _int(phones.pdf(phone)) for phone in numbers)
    logarithms = [0.0] + [math.log(0.5)] * (2 * number)  # transition ids begin with 1
    return b"".join(
        [
            _element("Topology", topology),
            _element("Triples", _int(number) + b"".join(triples)),
            _element("LogProbs", _vector(logarithms)),
        ]
    )


def _network(layers: Sequence[Affine]) -> bytes:
    """Return the network: its plan in text, an empty line, and its components in binary."""
    plan = [f"input-node name=input dim={COEFFICIENTS}"]
    components = []
    source = "Append(" + ", ".join(f"Offset(input, {offset})" for offset in SPLICE) + ")"
    for number, layer in enumerate(layers, 1):
        last = number == len(layers)
        affine, activation = f"layer{number}.affine", f"layer{number}.activation"
        plan.append(f"component-node name={affine} component={affine} input={source}")
        plan.append(f"component-node name={activation} component={activation} input={affine}")
        kind = "LogSoftmaxComponent" if last else "RectifiedLinearComponent"
        components += [
            _component(affine, _affine(layer)),
            _component(activation, _nonlinear(kind, len(layer.biases))),
        ]
        source = activation
    plan.append(f"output-node name=output input={source} objective=linear")
    text = "\n" + "".join(f"{line}\n" for line in plan) + "\n"
    number_of_components = _token("<NumComponents>") + _int(len(components))
    return _element("Nnet3", text.encode() + number_of_components + b"".join(components))


def _component(name: str, content: bytes) -> bytes:
    return _token("<ComponentName>") + _token(name) + content


def _affine(layer: Affine) -> bytes:
    weights = _token("<LinearParams>") + _matrix(layer.weights)
    return _element(
        "FixedAffineComponent", weights + _token("<BiasParams>") + _vector(layer.biases)
    )


def _nonlinear(kind: str, size: int) -> bytes:
    """Return a component without statistics; Kaldi insists on their fields all the same."""
    return _element(
        kind,
        _token("<Dim>")
        + _int(size)
        + _token("<ValueAvg>")
        + _vector([])
        + _token("<DerivAvg>")
        + _vector([])
        + _token("<Count>")
        + _double(0.0),
    )


def _fst(graph: Graph) -> bytes:
    """Return a graph in OpenFst's "vector" format with "standard" (tropical) weights."""
    number_of_arcs = sum(len(arcs) for arcs in graph.arcs)
    sizes = struct.pack("<qqq", graph.start, len(graph.arcs), number_of_arcs)
    parts = [struct.pack("<i", FST_MAGIC), _text("vector"), _text("standard")]
    parts.append(struct.pack("<iiQ", FST_VERSION, 0, FST_PROPERTIES) + sizes)
    for state, arcs in enumerate(graph.arcs):
        parts.append(struct.pack("<fq", graph.final_costs.get(state, math.inf), len(arcs)))
        parts += [
            struct.pack("<iifi", arc.transition_id, arc.word_id, arc.cost, arc.target)
            for arc in arcs
        ]
    return b"".join(parts)


def _text(value: str) -> bytes:
    return struct.pack("<i", len(value)) + value.encode()
