"""Canonical JSON of domain values, and SHA-256 digests of it."""

import dataclasses
import enum
import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, cast

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """Turn a domain value into JSON types: dataclasses to objects, fractions to "n/d"."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in cast(dict[Any, Any], value).items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in cast(Sequence[Any], value)]
    return value


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text."""
    return _ENCODER.encode(plain(value))


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def digest_of_json(value: Any) -> str:
    """`digest` of what is made of JSON types already, without looking at each part for what it is."""
    return hashlib.sha256(_ENCODER.encode(value).encode()).hexdigest()
