"""The tables as data: what the contract says, what fits, and what is refused with a reason."""

from __future__ import annotations

from typing import get_args

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import records, schema
from quotes.errors import UsageError

CONTRACT = (
    "quote_id, doc_id, quote, quote_sha256, n_words, kind, start, end, speaker, speaker_id, speaker_type, "
    "speaker_mention, speaker_start, speaker_end, speaker_confidence, cue, date, date_edtf, date_basis, "
    "date_words, date_start, date_end, source, source_id, source_type, source_chain, publisher, published, url, title, "
    "lang, target, target_id, stance, stance_score, stance_confidence, abstained, statement_id, context_before, "
    "context_after, rule, reviewed, outer_start, outer_end, first_version"
)
SOURCE = {
    "source_id": None,
    "source": "Norvanian Central News Agency",
    "source_type": "state_media",
    "country": "Norvania",
    "wikidata": None,
    "evidence": None,
    "n_quotes": 2,
    "n_documents": 1,
    "first_date": None,
    "last_date": "2031-05-09",
}
SCALARS = {"string": st.text(st.characters(codec="utf-8")), "int64": st.integers(-(2**63), 2**63 - 1)}
SCALARS |= {"float64": st.floats(allow_nan=False, allow_infinity=False), "bool": st.booleans()}


def values(column: schema.Column) -> st.SearchStrategy[object]:
    """Values that a column may hold."""
    if column.labels:
        fitting: st.SearchStrategy[object] = st.sampled_from(column.labels)
    elif column.type == "list<string>":
        fitting = st.lists(SCALARS["string"], max_size=3)
    elif column.type == "list<struct>":
        fields = {field.name: values(field) for field in column.fields}
        fitting = st.lists(st.fixed_dictionaries(fields), max_size=2)
    else:
        fitting = SCALARS[column.type]
    return st.none() | fitting if column.nullable else fitting


def rows(name: str) -> st.SearchStrategy[list[dict[str, object]]]:
    columns = {column.name: values(column) for column in schema.table(name).columns}
    return st.lists(st.fixed_dictionaries(columns), max_size=3)


def test_the_columns_of_quotes_are_those_of_the_contract():
    assert ", ".join(schema.columns("quotes")) == CONTRACT


def test_the_default_table_comes_first():
    assert schema.NAMES[0] == "quotes"


@pytest.mark.parametrize("name", schema.NAMES)
def test_every_table_and_column_is_defined(name):
    table = schema.table(name)
    definitions = [table.definition, *(column.definition for column in table.columns)]
    assert all(text.endswith(".") for text in definitions)
    assert set(table.key) <= set(schema.columns(name))
    assert set(table.key) <= set(table.order)
    assert len(set(schema.columns(name))) == len(schema.columns(name))


@settings(deadline=None)  # the first example pays for the imports of pyarrow
@given(data=st.data(), name=st.sampled_from(schema.NAMES))
def test_rows_that_fit_come_back_as_they_were(data, name):
    given_rows = data.draw(rows(name))
    table = schema.to_arrow(name, given_rows)
    assert table.schema.equals(schema.arrow_schema(name))
    assert table.to_pylist() == given_rows


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_quotes": "2"}, "column n_quotes is '2', and needs int64"),
        ({"n_quotes": True}, "column n_quotes is True, and needs int64"),
        ({"n_quotes": 2.0}, "column n_quotes is 2.0, and needs int64"),
        ({"source": None}, "column source is null, and may not be"),
        ({"source": "\ud800"}, "column source holds half a surrogate pair"),
        ({"source_type": "newspaper"}, "needs one of state_media, government, independent, unknown"),
        ({"outlet": "NCNA"}, "column outlet is not in the schema"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_place(change, message):
    with pytest.raises(UsageError) as caught:
        schema.to_arrow("sources", [SOURCE, {**SOURCE, **change}])
    assert message in str(caught.value)
    assert "table sources, row 1 (source_id None" in str(caught.value)


def test_a_missing_column_is_named():
    row = {name: value for name, value in SOURCE.items() if name != "country"}
    with pytest.raises(UsageError, match="column country is missing"):
        schema.to_arrow("sources", [row])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "0.5", True])
def test_scores_are_finite_numbers(value):
    column = next(column for column in schema.table("stances").columns if column.name == "stance_score")
    row = {"stance_score": value}
    faults = schema.row_faults(schema.TableSchema("scores", "Scores.", (), (), (column,)), row)
    assert len(faults) == 1


def test_faults_inside_lists_name_their_place():
    gold = {field.name: None for field in schema.table("challenge").columns[-1].fields}
    row = {
        **dict.fromkeys(schema.columns("challenge")),
        "doc_id": "challenge-1",
        "text": "",
        "phenomena": ["x", 1],
    }
    faults = schema.row_faults(
        schema.table("challenge"), {**row, "gold": [{**gold, "doc_id": "challenge-1"}]}
    )
    assert "column phenomena[1] is 1, and needs string" in faults
    assert "column gold[0].quote_start is null, and may not be" in faults


def test_an_unknown_table_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="The tables are: quotes, stances"):
        schema.table("quotations")


def test_types_are_plain():
    allowed = {pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.list_(pa.field("element", pa.string()))}
    flat = [
        field.type for name in schema.NAMES for field in schema.arrow_schema(name) if field.name != "gold"
    ]
    assert set(flat) <= allowed


@pytest.mark.parametrize(
    ("table", "column", "labels"),
    [
        ("quotes", "kind", records.Kind),
        ("quotes", "date_basis", records.DateBasis),
        ("quotes", "source_type", records.SourceType),
        ("quotes", "speaker_type", records.SpeakerType),
        ("quotes", "stance", records.StanceLabel),
        ("stances", "stance", records.StanceLabel),
        ("rejected", "reason", records.Reason),
        ("speakers", "type", records.SpeakerType),
    ],
)
def test_labels_are_those_that_the_stages_may_give(table, column, labels):
    found = {one.name: one.labels for one in schema.table(table).columns}
    assert found[column] == get_args(labels)
