"""Fitting the network on marked answers, and asking a fitted one."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim import AdamW, Optimizer
from torch.optim.lr_scheduler import LambdaLR

from trainer.encoder.wordpieces import Vocabulary
from training import base
from training.corpus import KINDS, Answer, Head
from training.examples import Batch, Example, Floats, join, make_example
from training.forms import PLAIN, TYPED, Form, Hearing, Word
from training.network import Network, Seen
from training.settings import Settings

Say = Callable[[str], None]
_NO_KIND = -100  # what PyTorch leaves out of a loss
_ABOUT_AS_LONG = 60  # pieces by which examples of one batch may differ, so that batches vary
_ASKED_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Fitted:
    """A network with what it needs to be asked."""

    network: Network
    heads: tuple[Head, ...]
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class Told:
    """What a network says of one answer: log-odds (heads, 2), and the share of each kind."""

    log_odds: Floats
    kinds: Floats


def read_vocabulary(folder: Path) -> Vocabulary:
    """Return the pieces of the published model in `folder`."""
    return Vocabulary.parse((folder / base.VOCABULARY).read_text(encoding="utf-8"))


def fit(
    answers: Sequence[Answer],
    heads: Sequence[Head],
    folder: Path,
    settings: Settings,
    say: Say,
) -> Fitted:
    """Return a network fitted on `answers`, begun from the published model in `folder`.

    The same answers, settings and machine give the same network. Word vectors stay as they are.
    """
    torch.manual_seed(settings.seed)
    random = Random(settings.seed)
    network = Network(len(heads), len(KINDS), settings.dropout)
    base.load_base(network.encoder, folder)
    network.encoder.word.requires_grad_(False)
    fitted = Fitted(network, tuple(heads), read_vocabulary(folder))
    hearing = Hearing(answers, random)
    optimizer = _optimizer(network, settings)
    steps = settings.epochs * math.ceil(len(answers) / settings.batch_size)
    schedule = LambdaLR(optimizer, lambda step: _share_of_rate(step, steps, settings))
    average: dict[str, Tensor] = {}
    for epoch in range(settings.epochs):
        began, losses = time.monotonic(), []
        network.train()
        examples = []
        for answer in answers:
            words = _heard(answer, hearing, random, settings)
            examples.append(make_example(answer, words, heads, fitted.vocabulary))
        for numbers in _batches(examples, settings.batch_size, random):
            kinds = torch.tensor([_kind(answers[number]) for number in numbers])
            batch = join([examples[number] for number in numbers])
            with torch.autocast("cpu", torch.bfloat16, enabled=settings.half_precision):
                seen = _look(network, batch)
            loss = _loss(seen, batch, kinds, settings)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), settings.longest_step)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
            if epoch >= int(settings.epochs * settings.averaged_from):
                _average(average, network, settings.decay)
        mean = sum(losses) / len(losses)
        say(f"epoch {epoch + 1}: loss {mean:.3f}, {time.monotonic() - began:.0f} s")
    network.load_state_dict(average)
    network.eval()
    return fitted


@torch.no_grad()
def ask(fitted: Fitted, answers: Sequence[Answer]) -> list[Told]:
    """Return what the network says of each answer as it is typed, in their order."""
    hearing = Hearing((), Random(0))
    examples = [
        make_example(answer, hearing.words(answer.text, TYPED), fitted.heads, fitted.vocabulary)
        for answer in answers
    ]
    order = sorted(range(len(examples)), key=lambda number: len(examples[number].pieces))
    told: dict[int, Told] = {}
    for first in range(0, len(order), _ASKED_AT_ONCE):
        numbers = order[first : first + _ASKED_AT_ONCE]
        seen = _look(fitted.network, join([examples[number] for number in numbers]))
        kinds = torch.softmax(seen.kinds, 1)
        for row, number in enumerate(numbers):
            told[number] = Told(seen.marks[row].numpy(), kinds[row].numpy())
    return [told[number] for number in range(len(examples))]


def tensors(batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Return what the network takes of a batch."""
    return (
        torch.from_numpy(batch.pieces),
        torch.from_numpy(batch.real),
        torch.from_numpy(batch.said),
    )


def _look(network: Network, batch: Batch) -> Seen:
    seen: Seen = network(*tensors(batch))
    return seen


def _heard(answer: Answer, hearing: Hearing, random: Random, settings: Settings) -> list[Word]:
    drawn = random.random()
    if drawn < settings.typed:
        form = TYPED
    elif drawn < settings.typed + settings.plain:
        form = PLAIN
    else:
        form = Form(plain=True, errors=random.choice(settings.error_rates))
    return hearing.words(answer.text, form)


def _batches(examples: Sequence[Example], size: int, random: Random) -> list[list[int]]:
    """Return the numbers of examples in batches of about the same length, in a random order."""
    order = sorted(
        range(len(examples)),
        key=lambda number: len(examples[number].pieces) + random.random() * _ABOUT_AS_LONG,
    )
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    random.shuffle(batches)
    return batches


def _kind(answer: Answer) -> int:
    return _NO_KIND if answer.adversarial else KINDS.index(answer.family)


def _loss(seen: Seen, batch: Batch, kinds: Tensor, settings: Settings) -> Tensor:
    marks, evidence = torch.from_numpy(batch.marks), torch.from_numpy(batch.evidence)
    given, looked_for = marks >= 0, evidence >= 0
    softened = marks[given] * (1 - 2 * settings.softening) + settings.softening
    loss = functional.binary_cross_entropy_with_logits(seen.marks[given], softened)
    loss = loss + settings.evidence_weight * functional.binary_cross_entropy_with_logits(
        seen.evidence[looked_for],
        evidence[looked_for],
        pos_weight=torch.tensor(settings.evidence_balance),
    )
    if bool((kinds >= 0).any()):
        loss = loss + settings.kind_weight * functional.cross_entropy(
            seen.kinds.float(),
            kinds,
            ignore_index=_NO_KIND,
            label_smoothing=settings.kind_softening,
        )
    return loss


def _optimizer(network: Network, settings: Settings) -> Optimizer:
    own = [part for part in network.encoder.parameters() if part.requires_grad]
    heads = [part for name, part in network.named_parameters() if not name.startswith("encoder.")]
    return AdamW(
        [
            {
                "params": own,
                "lr": settings.encoder_rate,
                "weight_decay": settings.weight_decay,
            },
            {"params": heads, "lr": settings.head_rate, "weight_decay": settings.head_decay},
        ]
    )


def _share_of_rate(step: int, steps: int, settings: Settings) -> float:
    rising = min(1.0, (step + 1) / (settings.warm_up * steps))
    return rising * max(settings.last_rate, 1 - step / steps)


def _average(average: dict[str, Tensor], network: Network, decay: float) -> None:
    for name, value in network.state_dict().items():
        if name not in average:
            average[name] = value.clone()
        elif name != "encoder.word.weight":  # which stays as it is
            average[name].mul_(decay).add_(value, alpha=1 - decay)
