"""Small cells of a table stay hidden, and so does what they could be computed from.

A cell from 1 to k - 1 is hidden (primary); as long as an equation of the table (a row or a column
with its total) has exactly one hidden cell, or its hidden cells add up to less than k, a further
cell is hidden (secondary). At the end every small cell must be able to be more or less than it is,
though all shown cells hold and no cell is negative: a hidden cell is a pipe of a network whose
nodes are the equations, and what flows in a pipe without a detour is known.

A table may share cells with another one that is published, too: what is shown there stays shown,
what is hidden there stays hidden. Figures that carry over from one period to the next (cases open
before, opened, closed, open after) are such a network, too, without being a table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

K_INTERNAL: Final = 3
K_PUBLIC: Final = 5
HIDDEN: Final = "."
TOTAL: Final = "TOTAL"

Cell = tuple[str, str]
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SafeTable:
    """A table with totals under the key TOTAL; None is a hidden cell, shown as a full stop."""

    k: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int | None]

    def text(self, row: str, column: str) -> str:
        value = self.cells[row, column]
        return HIDDEN if value is None else str(value)


def reporting_day(day: date) -> date:
    """The last day of the quarter that had ended by this day."""
    next_day = day + timedelta(days=1)
    return date(next_day.year, next_day.month - (next_day.month - 1) % 3, 1) - timedelta(days=1)


def suppress(
    table: Mapping[str, Mapping[str, int]],
    *,
    k: int = K_INTERNAL,
    elsewhere: Mapping[Cell, int | None] | None = None,
) -> SafeTable:
    """The table with row, column and grand totals, safe to show. Missing cells count as zero.

    `elsewhere` are cells as another table shows or hides them.
    """
    rows = tuple(table)
    columns = tuple(dict.fromkeys(column for row in table.values() for column in row))
    flows = {
        cell: Flow(value, *_pipe(cell), rank=cell.count(TOTAL))
        for cell, value in _with_totals(table, rows, columns).items()
    }
    return SafeTable(
        k, (*rows, TOTAL), (*columns, TOTAL), suppress_flows(flows, k=k, elsewhere=elsewhere)
    )


@dataclass(frozen=True, slots=True)
class Flow:
    """A count that comes from one equation and goes into another: what comes in goes out.

    Where a further cell has to be hidden, one of low `rank` is, before those of a higher one.
    """

    value: int
    source: Node
    target: Node
    rank: int = 0


def suppress_flows(
    flows: Mapping[Cell, Flow],
    *,
    k: int = K_PUBLIC,
    elsewhere: Mapping[Cell, int | None] | None = None,
) -> dict[Cell, int | None]:
    """The counts that are safe to show. At every node as much must come in as goes out."""
    known = elsewhere or {}
    at_node: dict[Node, list[Cell]] = {}
    for cell, flow in flows.items():
        at_node.setdefault(flow.source, []).append(cell)
        at_node.setdefault(flow.target, []).append(cell)
    work = _Work(
        k=k,
        flows=flows,
        at_node=at_node,
        kept=frozenset(cell for cell, value in known.items() if value is not None),
    )
    work.hide_small({cell for cell, value in known.items() if value is None})
    return {cell: None if cell in work.hidden else one.value for cell, one in flows.items()}


def _with_totals(
    table: Mapping[str, Mapping[str, int]], rows: tuple[str, ...], columns: tuple[str, ...]
) -> dict[Cell, int]:
    values = {(row, column): table[row].get(column, 0) for row in rows for column in columns}
    for row in rows:
        values[row, TOTAL] = sum(values[row, column] for column in columns)
    for column in (*columns, TOTAL):
        values[TOTAL, column] = sum(values[row, column] for row in rows)
    return values


@dataclass(slots=True)
class _Work:
    k: int
    flows: Mapping[Cell, Flow]
    at_node: Mapping[Node, list[Cell]]
    kept: frozenset[Cell]
    hidden: set[Cell] = field(default_factory=set)

    def hide_small(self, hidden_elsewhere: set[Cell]) -> None:
        small = {cell for cell, flow in self.flows.items() if 0 < flow.value < self.k}
        secret = (small | hidden_elsewhere) - self.kept
        self.hidden |= secret
        while victim := self._from_equations() or self._from_network(secret):
            self.hidden.add(victim)

    def _from_equations(self) -> Cell | None:
        for node, cells in self.at_node.items():
            if self._gives_away(node) and (victim := self._cheapest(cells)):
                return victim
        return None

    def _from_network(self, secret: set[Cell]) -> Cell | None:
        """One more cell, where a small one is still known."""
        for cell in sorted(secret):
            if is_known(cell, self.hidden, self.flows):
                flow = self.flows[cell]
                near = [*self.at_node[flow.source], *self.at_node[flow.target]]
                return self._cheapest(near) or self._cheapest(list(self.flows))
        return None

    def _cheapest(self, cells: list[Cell]) -> Cell | None:
        """Inner cells before totals, values before zeros, the smallest loss first."""
        candidates = [cell for cell in cells if cell not in self.hidden and cell not in self.kept]
        return min(
            candidates,
            key=lambda cell: (
                self.flows[cell].rank,
                self.flows[cell].value == 0,
                self.flows[cell].value,
                cell,
            ),
            default=None,
        )

    def _gives_away(self, node: Node) -> bool:
        """Whether one hidden cell is the rest of the equation, or several of one side are few."""
        cells = [cell for cell in self.at_node[node] if cell in self.hidden]
        if len(cells) == 1:
            return True
        if len({self.flows[cell].source == node for cell in cells}) != 1:
            return False
        return 0 < sum(self.flows[cell].value for cell in cells) < self.k


def is_known(cell: Cell, hidden: set[Cell], flows: Mapping[Cell, Flow]) -> bool:
    """Whether the shown cells leave a hidden one no other value than its own."""
    start, end = flows[cell].source, flows[cell].target
    arcs: dict[Node, set[tuple[Node, Cell]]] = {}
    for other in hidden:
        flow = flows[other]
        arcs.setdefault(flow.source, set()).add((flow.target, other))
        if flow.value > 0:
            arcs.setdefault(flow.target, set()).add((flow.source, other))
    can_grow = _reaches(end, start, cell, arcs)
    can_shrink = flows[cell].value > 0 and _reaches(start, end, cell, arcs)
    return not (can_grow or can_shrink)


def _pipe(cell: Cell) -> tuple[Node, Node]:
    """From which equation to which a cell flows: from a row into a column, and totals back."""
    row, column = cell
    ends = ("row", row), ("column", column)
    return ends if (row == TOTAL) == (column == TOTAL) else ends[::-1]


def _reaches(
    start: Node, end: Node, without: Cell, arcs: Mapping[Node, set[tuple[Node, Cell]]]
) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for node, cell in arcs.get(waiting.pop(), ()):
            if cell == without or node in seen:
                continue
            if node == end:
                return True
            seen.add(node)
            waiting.append(node)
    return False
