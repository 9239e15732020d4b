"""The weights as they stand in the file, taken out one by one with their form checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.encoder.problems import Damage

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]


class Arrays:
    """Named arrays. A table of 8 bits is two: `.q` the numbers, `.s` a factor for each row.

    Nothing is kept: an array of a file is read when it is asked for. What does not have the
    wanted form, or has numbers that are none, raises `Damage`.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._arrays = arrays

    def has_any(self, beginning: str) -> bool:
        """Tell whether there is an array whose name begins like this."""
        return any(name.startswith(beginning) for name in self._arrays)

    def floats(self, name: str, *shape: int | None) -> Floats:
        """Return an array of float32; None in `shape` is any size."""
        array: Floats = self._take(name, np.float32, shape)
        if not np.isfinite(array).all():
            raise Damage(f"{name} is not finite")
        return array

    def packed(self, name: str, rows: int | None, width: int) -> tuple[Bytes, Floats]:
        """Return a table of 8 bits and the factors of its rows."""
        table: Bytes = self._take(f"{name}.q", np.int8, (rows, width))
        return table, self.floats(f"{name}.s", len(table))

    def unpacked(self, name: str, rows: int | None, width: int) -> Floats:
        """Return a table of 8 bits as float32."""
        table, factors = self.packed(name, rows, width)
        return table * factors[:, None]

    def _take(self, name: str, kind: type, shape: tuple[int | None, ...]) -> npt.NDArray[Any]:
        try:
            array = self._arrays[name]
        except KeyError as error:
            raise Damage(f"without {name}") from error
        fits = len(array.shape) == len(shape) and all(
            wanted in (None, found) for wanted, found in zip(shape, array.shape, strict=True)
        )
        if array.dtype != kind or not fits or not array.size:
            raise Damage(f"{name} is {array.dtype} {array.shape}")
        return array
