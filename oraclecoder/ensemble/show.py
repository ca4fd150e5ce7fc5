"""A recipe as a table on the terminal."""

from pathlib import Path

from rich.table import Table

from oraclecoder.ensemble.build import Recipe
from oraclecoder.tracking.progress import console


def show_recipe(recipe: Recipe, folder: Path) -> None:
    """Print members with scores and weights, what was left out and why, and the facts of the merge."""
    table = Table(title=f"{recipe.task}: {recipe.method} of {len(recipe.members)} members", title_justify="left")
    for name, justify in (
        ("member", "left"),
        ("lr_ratio", "right"),
        ("validation score", "right"),
        ("weight", "right"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for member in recipe.members:
        table.add_row(member.run, f"{member.lr_ratio:g}", f"{member.score:.4f}", f"{member.weight:.3f}")
    console.print(table)
    for name, reason in recipe.refused.items():
        console.print(f"  left out: {name}, {reason}", highlight=False)
    pairs = [recipe.cosines[i][j] for i in range(len(recipe.members)) for j in range(i)]
    cosine = f"cosines {min(pairs):.2f} to {max(pairs):.2f}, " if pairs else ""
    console.print(
        f"  rank {recipe.rank}, energy kept {recipe.energy_kept:.4f}, {cosine}norm {recipe.norm_ratio:.2f} of the "
        f"members', delta error {recipe.delta_error:.1e}\n  {folder}/adapter",
        highlight=False,
        soft_wrap=True,
    )
