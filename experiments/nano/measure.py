"""What a nano can do before any adapter, as JSON: python -m experiments.nano.measure FOLDER [part ...].

Parts: lessons (the two measured sets), sorts (whole answers right by sort of question, unseen words), own (SQL and
links on the demo's validation in the form of the pretraining), own_train (the same on a quarter of its training
questions), tasks (both tasks on validation in their own form, zero-shot).
"""

import json
import sys
from random import Random
from typing import cast

import torch
from hydra import compose, initialize_config_dir
from transformers import AutoTokenizer, LlamaForCausalLM, PreTrainedTokenizerFast

from experiments.nano.own_form import NUM_ROWS, Own
from oraclecoder.answer.answerer import Answerer
from oraclecoder.answer.scoring import rate
from oraclecoder.config import SchemaStyle, TrainConfig
from oraclecoder.dataset import load_dataset
from oraclecoder.dataset.invented_asker import Asker
from oraclecoder.dataset.invented_corpus import HEADS, INTENTS, Lesson
from oraclecoder.dataset.invented_forms import ask_drill
from oraclecoder.dataset.invented_schemas import Inventor
from oraclecoder.dataset.lexicon import Lexicon
from oraclecoder.model.base import load_base
from oraclecoder.model.nano_lessons import encode_lesson, join_lessons
from oraclecoder.model.nano_measure import measure, measured_lessons
from oraclecoder.model.nano_reader import LessonReader
from oraclecoder.settings import CONF, register_schemas, to_config
from oraclecoder.task.describe import describe

SEED = 316
PARTS = ("lessons", "sorts", "own", "own_train", "tasks")


def settings(*overrides: str) -> TrainConfig:
    """The configuration of `python -m oraclecoder.train` with these overrides."""
    register_schemas()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return to_config(compose("train", overrides=list(overrides)), TrainConfig)


def lessons_right(reader: LessonReader, tokenizer: PreTrainedTokenizerFast) -> dict[str, dict[str, float]]:
    """Loss and accuracies on lessons of known words and of words kept out of training."""
    sets = {n: measured_lessons(SEED, tokenizer, unseen=n == "unseen") for n in ("seen", "unseen")}
    return {name: measure(reader, [join_lessons(items)], bf16=False) for name, items in sets.items()}


def sorts_right(reader: LessonReader, tokenizer: PreTrainedTokenizerFast) -> dict[str, float]:
    """Share of whole queries right by sort of question, 48 each, over databases of unseen words."""
    found = {}
    for intent in INTENTS:
        random = Random(f"{SEED}/{intent.__name__}")
        batch = join_lessons([encode_lesson(_lesson(random, intent), tokenizer) for _ in range(12)])
        found[intent.__name__] = measure(reader, [batch], bf16=False)["exact_match"]
    return found


def _lesson(random: Random, intent) -> Lesson:
    while True:
        world = Inventor(random, Lexicon(random, invented=0.3, unseen=True)).world(random.randint(4, 6), num_rows=3)
        asker = Asker(random, world, aliased=False, capitals=True)
        if sum(intent(asker) is not None for _ in range(40)) >= 4:
            text = HEADS[False, True] + describe(world.schema, SchemaStyle.ddl, NUM_ROWS)
            return Lesson(text, tuple(ask_drill(asker.ask({intent: 1})) for _ in range(4)))


def task_forms(folder: str) -> dict[str, dict[str, float]]:
    """Both tasks on the demo's choosing part in their own form, with no adapter."""
    scores = {}
    for task in ("schema_linking", "sql_generation"):
        config = settings(f"model.name={folder}", f"task={task}", "task.max_new_tokens=96")
        base, data = load_base(config.model), load_dataset(config.dataset)
        answerer = Answerer(base.model, base.tokenizer, config.model, config.task, config.answer)
        scores[task] = rate(answerer, data.choose, data.databases, kind="demo", limits=config.limits)[1]
    return scores


def main() -> None:
    """Measure the parts that are asked for, or all."""
    folder, parts = sys.argv[1], sys.argv[2:] or PARTS
    torch.set_num_threads(1)
    model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
    tokenizer = cast(PreTrainedTokenizerFast, AutoTokenizer.from_pretrained(folder))
    reader, config, found = LessonReader(model.eval()), settings("model.quantization=none"), {}
    with torch.no_grad():
        for part in parts:
            if part in ("lessons", "sorts"):
                found[part] = (lessons_right if part == "lessons" else sorts_right)(reader, tokenizer)
            elif part == "tasks":
                found[part] = task_forms(folder)
            else:
                data = load_dataset(config.dataset)
                asked = data.train[::4] if part == "own_train" else data.choose
                found[part] = Own(model, tokenizer, config, asked, data.databases).scores()
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
