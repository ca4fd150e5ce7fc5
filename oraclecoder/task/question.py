"""The part of a prompt that differs between the questions of one schema."""

from oraclecoder.records import Example


def write_question(example: Example, cue: str) -> str:
    """Question and evidence on a line each, then the cue after which the answer starts on a line of its own."""
    lines = [f"Question: {_one_line(example.question)}"]
    if example.evidence.strip():
        lines.append(f"Evidence: {_one_line(example.evidence)}")
    return "\n".join([*lines, f"{cue}:\n"])


def _one_line(text: str) -> str:
    return " ".join(text.split())
