"""People's judgements of rows: handed out, taken back, compared, and put into the ledger."""

from quotes.review.answers import Answer, read_answers
from quotes.review.figures import report
from quotes.review.ledger import Imported, record, take_down
from quotes.review.tasks import FORMATS, Task, tasks, write

__all__ = [
    "FORMATS",
    "Answer",
    "Imported",
    "Task",
    "read_answers",
    "record",
    "report",
    "take_down",
    "tasks",
    "write",
]
