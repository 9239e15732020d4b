"""What one gets without understanding anything: the usual mark, and the length of the answer.

Both learn from the file itself, for each speaker from all the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trainer.agreement.measures import LEVELS, kappa
from trainer.evaluation.types import SeenMark

_MOST_THRESHOLDS = 24  # word counts that are tried, evenly spread over the answers


def by_majority(marks: Sequence[SeenMark]) -> tuple[SeenMark, ...]:
    """Return marks that are for each criterion the most frequent one of all other clusters.

    Of equally frequent marks it is the lower; a criterion that only this cluster has gets the most
    frequent mark of all criteria.
    """
    everywhere = Counter((m.rubric, m.criterion, m.given) for m in marks)
    within = Counter((m.cluster, m.rubric, m.criterion, m.given) for m in marks)
    all_given = Counter(m.given for m in marks)
    given_within = Counter((m.cluster, m.given) for m in marks)

    def usual(mark: SeenMark) -> int:
        place = (mark.rubric, mark.criterion)
        counts = [
            everywhere[*place, level] - within[mark.cluster, *place, level]
            for level in range(LEVELS)
        ]
        if not any(counts):
            counts = [
                all_given[level] - given_within[mark.cluster, level] for level in range(LEVELS)
            ]
        return counts.index(max(counts))

    return tuple(replace(mark, found=usual(mark)) for mark in marks)


def by_length(marks: Sequence[SeenMark], words: Mapping[int, int]) -> tuple[SeenMark, ...]:
    """Return marks from the number of words alone; `words` maps the index of a mark to it.

    Fewer words than a first threshold are missed, fewer than a second partly, else met. The two
    thresholds are those with the best kappa over all other clusters; without others, none.
    """
    import numpy as np  # 100 ms

    counts = np.array([words[index] for index in range(len(marks))])
    shares = np.linspace(0, 1, _MOST_THRESHOLDS)
    thresholds = np.unique(np.append(np.quantile(counts, shares, method="lower"), counts.max() + 1))
    clusters = {mark.cluster: None for mark in marks}
    places = {cluster: place for place, cluster in enumerate(clusters)}
    # below[c, t, g]: marks g of cluster c in answers shorter than threshold t
    below = np.zeros((len(places), len(thresholds), LEVELS))
    given = np.zeros((len(places), LEVELS))
    for mark, count in zip(marks, counts, strict=True):
        below[places[mark.cluster], thresholds > count, mark.given] += 1
        given[places[mark.cluster], mark.given] += 1
    all_below, all_given = below.sum(0), given.sum(0)
    first, second = np.triu_indices(len(thresholds))
    chosen: dict[int, tuple[int, int]] = {}
    for cluster, place in places.items():
        others = all_below - below[place]
        missed, partly = others[first], others[second] - others[first]
        met = (all_given - given[place]) - others[second]
        tables = np.stack((missed, partly, met), axis=-1).reshape(-1, LEVELS**2)
        agreement = np.nan_to_num(kappa(tables), nan=-1.0)
        best = int(agreement.argmax())
        chosen[cluster] = int(thresholds[first[best]]), int(thresholds[second[best]])
    return tuple(
        replace(mark, found=sum(count >= threshold for threshold in chosen[mark.cluster]))
        for mark, count in zip(marks, counts.tolist(), strict=True)
    )
