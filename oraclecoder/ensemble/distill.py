"""Distillation: one adapter is taught by the members, on questions that its teachers did not learn.

Cross-fitted: members that left a fold of the training questions out (`dataset.fold=k/n`) teach that fold, their trunk
left it out as well, so that nobody teaches an answer that he memorised. Or all members teach questions that the user
gives, along the answers that they tell together. Nothing is ever taught over validation or evaluation databases.
"""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from oraclecoder.answer.answerer import window
from oraclecoder.answer.panel import Memos, Panel, seated
from oraclecoder.config import DatasetConfig, EnsembleConfig, TrainingConfig, Vote, from_plain
from oraclecoder.dataset import Dataset, evaluation_databases
from oraclecoder.dataset.split import hold_out
from oraclecoder.ensemble.candidates import Candidate, Kind, make
from oraclecoder.ensemble.select import read_settings
from oraclecoder.ensemble.team import Team
from oraclecoder.ensemble.weights import uniform
from oraclecoder.errors import DataError, RunError
from oraclecoder.fingerprint import digest_value
from oraclecoder.model.adapter import applied_many
from oraclecoder.model.base import Base
from oraclecoder.model.batches import Group, group_by_prefix, group_to_learn
from oraclecoder.model.factors import usual_scaling, write_factors
from oraclecoder.model.prefix_scores import Taught, teach
from oraclecoder.model.tokens import Tokens, encode
from oraclecoder.records import Example, Links, read_json, read_json_lines
from oraclecoder.runs import Run
from oraclecoder.task import prompts_for

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lessons:
    """What a student learns: groups of questions, and what their teachers say along each answer, by example id."""

    groups: list[Group]
    taught: dict[str, Taught]
    identity: str

    @property
    def num_questions(self) -> int:
        """The questions that are taught."""
        return len(self.taught)


Train = Callable[[Team, Lessons, Path, Sequence[Group]], Run]
"""Trains a student of these lessons from the adapter in this folder, watching its loss on some gold answers.

It is handed in, as training is not known here.
"""


def distil(team: Team, lessons: Lessons, train: Train, folder: Path, *, validation: Sequence[Group]) -> Candidate:
    """The candidate that was taught; it starts from the members' trunk, or from their average at their rank."""
    trunks = {run.status.trunk for run in team.runs}
    start = team.runs[0].folder.parent / next(iter(trunks)) / "adapter"
    equal = tuple(uniform(len(team.runs)))
    if len(trunks) > 1 or not start.is_dir() or not all(trunks):
        start = folder / "candidate-start"
        average, like = make(Candidate("start", Kind.merged, equal, rank=team.rank), team).adapter, team.runs[0].adapter
        write_factors(average, start, like=like, identity=team.identity, scaling=usual_scaling(like))
    run = train(team, lessons, start, validation)
    return Candidate(
        f"distilled on {lessons.num_questions} questions",
        Kind.distilled,
        equal,
        adapter=run.adapter,
        own_steps=run.status.steps,
    )


def lessons_of_folds(team: Team, base: Base, dataset: Dataset, config: EnsembleConfig, cache: Path) -> Lessons:
    """What the members say on the folds of the training questions that they left out.

    Raises:
        RunError: if a member left nothing out, or they were not trained on parts of the same questions.
    """
    settings = [from_plain(DatasetConfig, read_settings(run)["dataset"]) for run in team.runs]
    for run, own in zip(team.runs, settings, strict=True):
        if own.fold is None:
            raise RunError(
                f"{run.folder.name} was trained on all questions, so that it could teach only what it has memorised; "
                "sweep dataset.fold=1/3,2/3,3/3, or give fresh questions with ensemble.questions=FILE"
            )
        if replace(own, fold=None) != replace(settings[0], fold=None):
            raise RunError(
                f"{run.folder.name} was trained on other questions than {team.runs[0].folder.name}; "
                "merge runs that agree, by naming them in runs=[...]"
            )
    _refuse_missing_folds([str(own.fold) for own in settings])
    whole = (*dataset.train, *dataset.held_out)
    tokens: list[Tokens] = []
    taught: dict[str, Taught] = {}
    for fold in sorted({str(own.fold) for own in settings}):
        teachers = [run for run, own in zip(team.runs, settings, strict=True) if own.fold == fold]
        _, held_out = hold_out(whole, replace(settings[0], fold=fold))
        prompts = prompts_for(
            team.asking.task, held_out, dataset.databases, window=window(base.tokenizer, team.asking.model),
            seed=team.settings["seed"],
        ).prompts  # fmt: skip
        own_tokens = [encode(prompt, base.tokenizer, team.asking.model.prompt_format) for prompt in prompts]
        tokens += own_tokens
        taught |= _taught(base, teachers, own_tokens, team, config, cache)
    return _lessons(team, tokens, taught, config.taught_tokens)


def _refuse_missing_folds(folds: Sequence[str]) -> None:
    """Each part of the questions needs a member that left it out."""
    number = int(folds[0].partition("/")[2])
    missing = [f"{k}/{number}" for k in range(1, number + 1) if f"{k}/{number}" not in folds]
    if missing:
        raise RunError(
            f"no member left out dataset.fold={','.join(missing)}, so nobody could teach its questions; raise "
            "ensemble.top_k, or train those members as well"
        )


def lessons_of_questions(
    team: Team,
    base: Base,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    config: EnsembleConfig,
    cache: Path,
    *,
    links: Mapping[str, Links | None] | None = None,
) -> Lessons:
    """What all members say together to questions without an answer; SQL is written over `links`."""
    asking = team.asking
    asked = prompts_for(
        asking.task, examples, databases, links=links, asking=True, window=window(base.tokenizer, asking.model)
    ).prompts
    together = Panel(tuple(run.adapter for run in team.runs), Vote.logits if len(team.runs) > 1 else Vote.none)
    with seated(base, together, asking.task, asking.answer, Memos()) as (answerer,):
        found = answerer.complete(examples, databases, links=links)
    answered = [
        replace(prompt, answer=found[prompt.example_id].text)
        for prompt in asked
        if found[prompt.example_id].ended and found[prompt.example_id].text
    ]
    if not answered:
        raise DataError(f"the members answer none of the {len(examples)} questions of {config.questions}; train longer")
    tokens = [encode(prompt, base.tokenizer, asking.model.prompt_format) for prompt in answered]
    taught = _taught(base, team.runs, tokens, team, config, cache)
    return _lessons(team, tokens, taught, config.taught_tokens)


def read_lesson_questions(
    path: Path, dataset: Dataset, config: DatasetConfig, databases: Mapping[str, Path]
) -> list[Example]:
    """The user's questions; a line is an object with question and database, perhaps evidence.

    Raises:
        DataError: names the line whose database is unknown, or one that is validated or evaluated on (in any split that
            is there), or whose question the members were trained on.
    """
    if not path.is_file():
        raise DataError(f"ensemble.questions={path} is no file; give JSON lines with question and database")
    kept = {example.database: "validation" for example in (*dataset.choose, *dataset.accept)}
    kept |= dict.fromkeys(evaluation_databases(config), "evaluation")
    learnt = {(example.database, _plain(example.question)) for example in (*dataset.train, *dataset.held_out)}
    examples = []
    for number, row in enumerate(read_json_lines(path), 1):
        database = str(row.get("database"))
        if not isinstance(row.get("question"), str) or database not in databases:
            raise DataError(f"{path} line {number} has no question over a database of the data set; mend or remove it")
        if database in kept:
            raise DataError(
                f"{path} line {number} asks about {database}, which {kept[database]} is made on; what is taught there "
                "would make its score worthless, so remove it"
            )
        if (database, _plain(row["question"])) in learnt:
            raise DataError(
                f"{path} line {number} asks a training question, to which the members could only repeat what they "
                "have memorised; remove it"
            )
        examples.append(Example(f"given-{number}", number, row["question"], database, "", row.get("evidence") or ""))
    return examples


def _plain(question: str) -> str:
    return " ".join(question.lower().split())


def _lessons(team: Team, tokens: Sequence[Tokens], taught: dict[str, Taught], taught_tokens: int) -> Lessons:
    training = from_plain(TrainingConfig, team.settings["training"])
    groups = group_to_learn(tokens, training, seed=team.settings["seed"])
    members = sorted(read_json(run.adapter / "identity.json")["sha256"] for run in team.runs)
    return Lessons(groups, taught, digest_value([[asdict(one) for one in tokens], members, taught_tokens]))


def _named(runs: Sequence[Run]) -> dict[str, Path]:
    return {f"member{number}": run.adapter for number, run in enumerate(runs)}


def _taught(
    base: Base, teachers: Sequence[Run], tokens: Sequence[Tokens], team: Team, config: EnsembleConfig, cache: Path
) -> dict[str, Taught]:
    """What these runs say together along the answers; kept on disk, as it takes a pass of each over all questions."""
    folders = _named(teachers)
    shas = [read_json(folder / "identity.json")["sha256"] for folder in folders.values()]
    key = [[asdict(one) for one in tokens], shas, base.fingerprint, repr(base.config), config.taught_tokens]
    path = cache / "taught" / f"{digest_value(key)}.safetensors"
    if not path.is_file():
        groups = group_by_prefix(
            tokens, group_size=team.asking.answer.max_rows, max_tokens=team.asking.answer.max_batch_tokens
        )
        with applied_many(base, folders) as model:
            found = teach(
                model, groups, adapters=list(folders), pad_id=base.tokenizer.pad_token_id, top_k=config.taught_tokens
            )
        tensors: dict[str, torch.Tensor] = {}
        for name, one in found.items():
            tensors |= {f"{name}/tokens": one.tokens.contiguous(), f"{name}/log_probs": one.log_probs.contiguous()}
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        save_file(tensors, unfinished)
        unfinished.rename(path)
    tensors = load_file(path)
    return {one.example_id: Taught(tensors[f"{one.example_id}/tokens"], tensors[f"{one.example_id}/log_probs"])
            for one in tokens}  # fmt: skip
