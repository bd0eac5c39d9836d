"""What the benchmarks compute from what was measured; no time is judged here."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice
from threading import Thread

import pytest

from benchmarks.filling import NAME_COLUMNS, SQL, _names
from benchmarks.limits import bare
from benchmarks.load import Measured, NoLoad, Request, Round, Way, _demand_answer, _line
from benchmarks.report import rows_of
from services.cases.domain.transliteration import KEYS_VERSION, keys_of_name
from services.cases.storage.queries.cases import CASE_VIEW
from services.cases.storage.tables import Table
from shared.secrecy.columns import is_sealed


def measured(way: str, *per_s: float) -> Measured:
    return Measured(way, [Round(one, 2.0, 9.0, 0.5) for one in per_s])


def test_a_ratio_is_that_of_the_medians_and_the_span_that_of_all_rounds() -> None:
    rows = rows_of("List", "≥ 0.7 ×", [measured("ours", 50, 90, 80), measured("bare", 100, 160, 1)])
    assert rows == [
        "| List | ours | 80 (50–90) | 2.0 | 9.0 | 0.50 |  | ≥ 0.7 × |",
        "|  | bare | 100 (1–160) | 2.0 | 9.0 | 0.50 | 0.80 × |  |",
    ]


def test_a_request_is_one_line_whose_own_headers_win() -> None:
    way = Way("ours", "http://127.0.0.1:1", list, {"A": "1", "B": "2"}, prefix="/sql")
    line = _line(way, Request("POST", "/x", '{"a":1}', {"B": "3"}))
    assert line == 'POST\t/sql/x\t{"a":1}\tA\t1\tB\t3\n'


def test_a_refusal_is_not_measured_as_a_fast_answer() -> None:
    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(403)

        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        answering = Thread(target=server.serve_forever)
        answering.start()
        url = f"http://127.0.0.1:{server.server_port}"
        try:
            with pytest.raises(NoLoad, match="ours: 403"):
                _demand_answer(Way("ours", url, lambda: [Request("GET", "/")]))
        finally:
            server.shutdown()
            answering.join()


def test_names_have_the_search_keys_that_the_service_computes() -> None:
    for row in islice(_names(20), 20):
        named = dict(zip(("slot", "language", *NAME_COLUMNS), row, strict=True))
        keys = keys_of_name(named["family_name"], named["given_names"], named["original_name"])
        assert named["latin_key"] == keys.latin
        assert tuple(named["skeletons"]) == tuple(keys.skeletons)
        assert named["keys_version"] == KEYS_VERSION


def test_the_limit_asks_for_the_same_members_without_policy_and_audit() -> None:
    statement, sql = bare(CASE_VIEW, is_page=False)
    assert "set_config" not in sql
    assert "audit" not in sql
    for member in CASE_VIEW.published_names():
        assert f'found."{member}"' in sql
    assert {"case_id", "today"} <= set(statement.names)


def test_no_sealed_column_is_filled() -> None:
    filled = (SQL / "cases.sql").read_text()
    assert any(is_sealed(column) for column in Table.metadata.tables["case_record"].columns)
    for table in Table.metadata.tables.values():
        for head in filled.split(f"insert into {table.name} (")[1:]:
            columns = {name.strip() for name in head.partition(")")[0].split(",")}
            assert not columns & {column.name for column in table.columns if is_sealed(column)}
