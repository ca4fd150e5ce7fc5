"""A recipe as a table on the terminal."""

from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from oraclecoder.ensemble.recipe import Recipe
from oraclecoder.tracking.progress import console


def show_recipe(recipe: Recipe, folder: Path) -> None:
    """Print all candidates with what is known of them, what was chosen and why, and the checks after the merge."""
    if recipe.candidates:
        console.print(_candidate_table(recipe))
    else:
        console.print(_member_table(recipe))
    for name, reason in recipe.refused.items():
        console.print(f"  left out: {name}, {reason}", highlight=False, markup=False)
    accepted = recipe.decision["accepted_on"]
    if accepted is not None:
        console.print(
            f"  accepting part, {recipe.decision['measure']}: best members {_rate(accepted['single'])}, "
            f"{_rate(accepted['ensemble'])} with the chosen",
            highlight=False,
            markup=False,
        )
    served = f"  served: {recipe.served.name} ({recipe.served.kind}); {recipe.decision['why']}"
    console.print(served, highlight=False, markup=False)
    for line in recipe.sanity:
        style = "yellow" if line.startswith("warning") else None
        console.print(f"  check: {line}", highlight=False, markup=False, style=style)
    console.print(f"  {folder}", highlight=False, markup=False, soft_wrap=True)


def _candidate_table(recipe: Recipe) -> Table:
    linking = recipe.task == "schema_linking"
    what, recalls = ("table sets*", ("all found",)) if linking else ("SQL on gold links", ())
    title = f"{recipe.task}: candidates on the choosing part of validation"
    caption = "* in per cent; a set with more tables than the gold one counts half" if linking else None
    table = Table(title=title, title_justify="left", caption=caption, caption_justify="left", box=SIMPLE_HEAD)
    for name in ("candidate", "loss", what, *recalls, "passes", "steps"):
        table.add_column(name, justify="left" if name == "candidate" else "right", no_wrap=name != "candidate")
    for row in recipe.candidates:
        table.add_row(
            row.name + _uneven(row.weights),
            "-" if row.loss is None else f"{row.loss:.4f}",
            "-" if row.score is None else _rate(row.score),
            *["-" if row.recalled is None else f"{100 * row.recalled:.1f}" for _ in recalls],
            str(row.passes),
            str(row.steps),
            style="bold" if row.name == recipe.served.name else None,
        )
    return table


def _uneven(weights: list[float]) -> str:
    """Weights that are not all the same, for the members that have one."""
    uneven = sum(weight > 0 for weight in weights) > 1 and max(weights) - min(weights) > 0.01
    return f" {' '.join(f'{weight:.2f}' for weight in weights)}" if uneven else ""


def _member_table(recipe: Recipe) -> Table:
    table = Table(title=f"{recipe.task}: {recipe.method} of {len(recipe.members)} members", title_justify="left")
    for name in ("member", "lr_ratio", "validation score", "weight"):
        table.add_column(name, justify="left" if name == "member" else "right")
    for member in recipe.members:
        table.add_row(member.run, f"{member.lr_ratio:g}", f"{member.score:.4f}", f"{member.weight:.3f}")
    return table


def _rate(ends: tuple[float, float, float]) -> str:
    mean, low, high = (100 * value for value in ends)
    return f"{mean:.1f} [{low:.1f}, {high:.1f}]"
