"""The decoding graph (HCLG): which sounds may follow each other, and which words they make.

A weighted finite-state transducer after Mohri, Pereira and Riley (2002). Inputs are Kaldi's
transition ids, outputs are words, weights are negative logarithms of probabilities. A bigram
model needs no composition: what may follow depends on the last word only, so the graph has one
block of states per word. A phone is entered by its forward arc and held by a self-loop on the
state behind it, which is Kaldi's "reordered" form; the word times rely on it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.speech.recipe.language_model import LanguageModel
from tests.speech.recipe.lexicon import Pronunciation
from tests.speech.recipe.phone_table import PhoneTable
from tests.speech.recipe.text import BEGIN, END

EPSILON = 0
SILENCE_AT_BEGIN = 0.7
SILENCE_AFTER_WORD = 0.3
COST_OF_NOTHING = 3.0  # to end without a word: silence stays silence
PRONUNCIATION_SCALE = 0.5


@dataclass(frozen=True, slots=True)
class Arc:
    """A transition to the state `target`, at a cost."""

    transition_id: int
    word_id: int
    cost: float
    target: int


@dataclass(slots=True)
class Graph:
    """States are numbers; `final_costs` holds those in which the sound may end."""

    start: int = 0
    arcs: list[list[Arc]] = field(default_factory=list)
    final_costs: dict[int, float] = field(default_factory=dict)

    def add_state(self) -> int:
        """Add a state and return its number."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def connect(
        self,
        source: int,
        target: int,
        transition_id: int = EPSILON,
        word_id: int = EPSILON,
        cost: float = 0.0,
    ) -> None:
        """Add an arc."""
        self.arcs[source].append(Arc(transition_id, word_id, cost, target))


def number_words(vocabulary: Sequence[str]) -> dict[str, int]:
    """Number the words from 1; 0 is the empty word."""
    return {word: number for number, word in enumerate(vocabulary, EPSILON + 1)}


def build_graph(
    language_model: LanguageModel,
    lexicon: Mapping[str, Sequence[Pronunciation]],
    phones: PhoneTable,
) -> Graph:
    """Return the graph over all words of the lexicon."""
    graph = Graph()
    vocabulary = list(lexicon)
    graph.start = graph.add_state()
    after = {word: graph.add_state() for word in [BEGIN, *vocabulary]}
    before = {word: graph.add_state() for word in vocabulary}
    _connect_begin(graph, after[BEGIN], phones)
    _connect_words(graph, language_model, after, before)
    word_ids = number_words(vocabulary)
    for word in vocabulary:
        silence = _add_silence(graph, after[word], phones)
        for pronunciation in lexicon[word]:
            last = _add_phones(graph, before[word], word_ids[word], pronunciation, phones)
            graph.connect(last, after[word], cost=_cost(1 - SILENCE_AFTER_WORD))
            graph.connect(last, silence, phones.enter_silence(), cost=_cost(SILENCE_AFTER_WORD))
    return graph


def _connect_begin(graph: Graph, begin: int, phones: PhoneTable) -> None:
    silence = _add_silence(graph, begin, phones)
    graph.connect(graph.start, begin, cost=_cost(1 - SILENCE_AT_BEGIN))
    graph.connect(graph.start, silence, phones.enter_silence(), cost=_cost(SILENCE_AT_BEGIN))


def _add_silence(graph: Graph, target: int, phones: PhoneTable) -> int:
    """Add a state that holds silence as long as it lasts and leads on to `target`."""
    silence = graph.add_state()
    graph.connect(silence, silence, phones.hold_silence())
    graph.connect(silence, target)
    return silence


def _connect_words(
    graph: Graph,
    language_model: LanguageModel,
    after: Mapping[str, int],
    before: Mapping[str, int],
) -> None:
    backoff = graph.add_state()
    for word, state in after.items():
        for follower in language_model.seen_after(word):
            if follower != END:
                cost = _cost(language_model.following(word, follower))
                graph.connect(state, before[follower], cost=cost)
        graph.connect(state, backoff, cost=_cost(language_model.backoff(word)))
        graph.final_costs[state] = (
            COST_OF_NOTHING if word == BEGIN else _cost(language_model.following(word, END))
        )
    for word, state in before.items():
        graph.connect(backoff, state, cost=_cost(language_model.single(word)))


def _add_phones(
    graph: Graph, source: int, word_id: int, pronunciation: Pronunciation, phones: PhoneTable
) -> int:
    """Add one pronunciation of a word behind `source`; return the state of its last phone."""
    cost = PRONUNCIATION_SCALE * _cost(pronunciation.relative_frequency)
    for phone in phones.in_word(pronunciation.phones):
        target = graph.add_state()
        graph.connect(source, target, phones.enter(phone), word_id, cost)
        graph.connect(target, target, phones.hold(phone))
        source, word_id, cost = target, EPSILON, 0.0
    return source


def _cost(probability: float) -> float:
    return -math.log(probability)
