"""Parquet files to sheets: categories as their words, timestamps as dates, nested columns left out and said."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pyarrow as pa
from pyarrow import parquet

from data.reading import statistics_messages
from data.reading.cells import as_text
from data.reading.sheet import Limits, Part, TooManyError, sheet_of_columns
from data.reading.workbook import TooLargeError

MAGIC = b"PAR1"

_INDEX = "__index_level_"
"""How pandas names an index without a name: the numbers of its rows, which are no column of the table."""


def parts(name: str, content: bytes, limits: Limits) -> Iterator[Part]:
    """The sheet that a file holds. Raises TooManyError, TooLargeError, and whatever the reader raises."""
    file = parquet.ParquetFile(io.BytesIO(content), memory_map=False, pre_buffer=False)
    about = file.metadata
    width = len(file.schema_arrow.names)
    if about.num_rows > limits.rows or width > limits.columns or about.num_rows * width > limits.cells:
        raise TooManyError
    size = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
    if size > limits.expanded_megabytes * 2**20:
        raise TooLargeError
    kept = [field.name for field in file.schema_arrow if not field.name.startswith(_INDEX)]
    nested = [column for column in kept if _is_nested(file.schema_arrow.field(column).type)]
    table = file.read(columns=[column for column in kept if column not in nested], use_threads=False)
    cells = {column: [as_text(cell) for cell in table.column(column).to_pylist()] for column in table.column_names}
    if not any(any(column) for column in cells.values()):
        yield statistics_messages.no_rows(name)
        return
    issues = (statistics_messages.columns_left_out(name, nested),) if nested else ()
    yield sheet_of_columns(name, cells, {}, issues)


def _is_nested(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))
