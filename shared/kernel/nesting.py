"""How deep parsed JSON goes, asked without going deeper than allowed."""


def is_deeper_than(value: object, levels: int) -> bool:
    """Whether objects and lists nest more than `levels` deep; stops at the first that does."""
    if not isinstance(value, dict | list):
        return False
    if levels == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(is_deeper_than(item, levels - 1) for item in inner)
