"""Tell Weights & Biases, once offline runs are synced, which artifacts they were made from.

wandb sync outputs/runs/*/wandb/offline-run-* outputs/ensembles/*/*/wandb/offline-run-*
python -m oraclecoder.tracking.replay outputs
python -m oraclecoder.tracking.replay outputs/ensembles --link wandb-registry-model/oraclecoder
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oraclecoder.errors import OracleCoderError, RunError
from oraclecoder.tracking.mirror import LINEAGE, connect, replay


def replay_all(
    folders: Sequence[Path], api: Any, *, entity: str | None = None, link: str | None = None
) -> tuple[int, list[str]]:
    """Replay every lineage.json below the folders; how many artifacts were told, and what could not be.

    Raises:
        RunError: if there is none.
    """
    found = sorted({path.parent for folder in folders for path in folder.rglob(LINEAGE)})
    if not found:
        raise RunError(f"there is no {LINEAGE} below {', '.join(map(str, folders))}; give a folder of runs, as outputs")
    told, problems = 0, []
    for folder in found:
        try:
            told += replay(folder, api, entity=entity, link=link)
        except RunError as error:
            problems.append(str(error))
    return told, problems


def main() -> None:
    """The command; exit code 1 if something is not online yet."""
    description, _, examples = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        "oraclecoder.tracking.replay",
        description=description,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folders", nargs="+", type=Path, help="runs, ensembles, or folders of them")
    parser.add_argument("--entity", help="account or team (default: that of the run, else yours)")
    parser.add_argument("--link", metavar="COLLECTION", help="also link what the runs made to this collection")
    options = parser.parse_args()
    try:
        told, problems = replay_all(options.folders, connect(), entity=options.entity, link=options.link)
    except OracleCoderError as error:
        sys.exit(str(error))
    print(f"{told} artifacts told")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
