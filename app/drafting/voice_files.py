"""Voice files laid over one another: the brand's, then the account's, which names only what it changes.

A mapping is changed key by key. A list is replaced by a list, or changed by `add`, `remove` and, where its
items have an id, `change`. Everything that is wrong is said with file, line and field.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, Never, TypeVar

from pydantic import BaseModel, ValidationError

from app.core.errors import InvalidInput
from app.core.located_yaml import Located, Place, read_located

M = TypeVar("M", bound=BaseModel)

CHANGES = frozenset({"add", "remove", "change"})
FIRST_REPLIES = "acknowledgements"  # a file of its own, because somebody else signs for it
SAYS = {
    "extra_forbidden": "There is no such field. Remove it or correct its name.",
    "missing": "This field is missing. Add it.",
}


def read_layers(brand_file: Path, account: str, model: type[M]) -> M:
    """The brand's file with its acknowledgements, and the account's file over it where there is one."""
    brand = _named(brand_file, brand_file.name)
    first_replies = brand_file.parents[1] / FIRST_REPLIES / brand_file.name
    if first_replies.exists():
        brand = _over(brand, read_located(first_replies, shown_as=f"{FIRST_REPLIES}/{brand_file.name}"), ())
    account_file = brand_file.with_suffix("") / f"{account}.yaml"
    if account and account_file.exists():
        shown_as = f"{brand_file.stem}/{account_file.name}"
        brand = _over(brand, read_located(account_file, shown_as=shown_as), ())
    try:
        return model.model_validate(brand.plain())
    except ValidationError as error:
        raise InvalidInput("\n".join(_complaints(brand, error))) from error


def accounts_of(brand_file: Path) -> list[str]:
    """The accounts that have a file of their own."""
    return sorted(path.stem for path in brand_file.with_suffix("").glob("*.yaml"))


def _named(path: Path, shown_as: str) -> Located:
    located = read_located(path, shown_as=shown_as)
    name = located.at(("name",))
    if name.value != path.stem:
        raise InvalidInput(name.complaint("name", f"The file is called {path.stem}, so must the voice be."))
    return located


def _complaints(whole: Located, error: ValidationError) -> list[str]:
    found = []
    for one in error.errors():
        place: Place = tuple(one["loc"])
        field = ".".join(str(part) for part in place)
        found.append(whole.at(place).complaint(field, SAYS.get(one["type"], one["msg"])))
    return found


def _over(below: Located, above: Located, place: Place) -> Located:
    """The value below with what the value above says differently."""
    if isinstance(below.value, list) and isinstance(above.value, dict) and above.value.keys() <= CHANGES:
        return replace(below, value=_changed(below.value, above.value, place))
    if isinstance(below.value, dict) and isinstance(above.value, dict):
        merged: dict[str, Located] = dict(below.value)
        for key, value in above.value.items():
            merged[key] = _over(below.value[key], value, (*place, key)) if key in below.value else value
        return Located(merged, below.file, below.line)
    return above


def _changed(items: list[Located], changes: dict[str, Located], place: Place) -> list[Located]:
    kept = list(items)
    for gone in _items(changes, "remove", place):
        index = _index(kept, gone.plain())
        if index is None:
            _refuse(gone, place, f"{gone.plain()!r} is not in the brand's list, so it cannot be removed.")
        del kept[index]
    for changed in _items(changes, "change", place):
        wanted = changed.plain().get("id") if isinstance(changed.value, dict) else None
        index = _index(kept, wanted)
        if wanted is None or index is None:
            _refuse(changed, place, f"There is no item with the id {wanted!r} to change.")
        kept[index] = _over(kept[index], changed, place)
    for new in _items(changes, "add", place):
        if _index(kept, _id_of(new)) is not None:
            _refuse(new, place, f"{_id_of(new)!r} is already in the list. Use change, or leave it out.")
        kept.append(new)
    return kept


def _items(changes: dict[str, Located], key: str, place: Place) -> list[Located]:
    part = changes.get(key)
    if part is None:
        return []
    if not isinstance(part.value, list):
        _refuse(part, (*place, key), "It must be a list.")
    return list(part.value)


def _index(items: list[Located], wanted: Any) -> int | None:
    return next((at for at, item in enumerate(items) if _id_of(item) == wanted), None)


def _id_of(item: Located) -> Any:
    """What an item is known by: its id where it has one."""
    plain = item.plain()
    return plain.get("id", plain) if isinstance(plain, dict) else plain


def _refuse(located: Located, place: Place, sentence: str) -> Never:
    raise InvalidInput(located.complaint(".".join(map(str, place)), sentence))
