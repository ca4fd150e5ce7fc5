"""The two tasks and their prompts."""

from dataclasses import dataclass
from enum import Enum

from oraclecoder.config.checks import require


class TaskName(Enum):
    """The two stages."""

    schema_linking = "schema_linking"
    sql_generation = "sql_generation"


class SchemaStyle(Enum):
    """How the schema is written: CREATE TABLE with keys and sample rows, M-Schema, or one line per table."""

    ddl = "ddl"
    m_schema = "m_schema"
    compact = "compact"


@dataclass
class TaskConfig:
    """One of the two tasks and how its prompts are written.

    `max_values` cells of the database that the question names are shown beside it, with their columns; 0 shows none.
    """

    name: TaskName
    schema_style: SchemaStyle
    num_sample_rows: int
    max_values: int
    max_noise_tables: int
    cut_columns: bool
    max_new_tokens: int

    def __post_init__(self) -> None:
        require(0 <= self.num_sample_rows <= 20, f"task.num_sample_rows must be 0 to 20, got {self.num_sample_rows}")
        require(self.max_values >= 0, f"task.max_values must be at least 0, got {self.max_values}")
        require(0 <= self.max_noise_tables <= 10, f"task.max_noise_tables must be 0 to 10, got {self.max_noise_tables}")
        require(self.max_new_tokens >= 1, f"task.max_new_tokens must be at least 1, got {self.max_new_tokens}")
        if self.name is TaskName.schema_linking:
            require(
                not self.cut_columns,
                "task.cut_columns goes with sql_generation only, as linking reads the whole schema; set it to false",
            )
