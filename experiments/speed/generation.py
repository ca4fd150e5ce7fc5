"""One way of generating answers, in a process of its own; its last line is what was measured, as JSON.

Routes: `one_by_one` and `batched` are Hugging Face's generate, `prefix` is the project's; all are greedy, in fp32, over
the same questions with the same adapter.
"""

import json
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig

from experiments.speed.work import Work, peak_megabytes
from oraclecoder.answer.answerer import window
from oraclecoder.database.schema import read_schema
from oraclecoder.dataset import load_dataset
from oraclecoder.model.adapter import applied
from oraclecoder.model.batches import pad_left
from oraclecoder.model.decode import Decoding
from oraclecoder.model.generate import generate
from oraclecoder.model.tokens import Tokens, encode
from oraclecoder.task import prompts_for
from oraclecoder.task.links import gold_links


def questions(work: Work, tokenizer: Any) -> list[Tokens]:
    """Validation questions of a few databases, as many as `num_groups` times 16; SQL is asked on gold links."""
    config = work.config()
    dataset = load_dataset(config.dataset)
    examples = sorted(dataset.choose, key=lambda example: example.database)[: 16 * work.num_groups]
    links = None
    if work.task == "sql_generation":
        links = {e.id: gold_links(e.gold_sql, read_schema(dataset.databases[e.database])) for e in examples}
    asked = prompts_for(
        config.task, examples, dataset.databases, links=links, asking=True, window=window(tokenizer, config.model)
    )
    return [encode(prompt, tokenizer, config.model.prompt_format) for prompt in asked.prompts]


def by_hugging_face(model: Any, tokenizer: Any, asked: list[Tokens], length: int, rows: int) -> list[str]:
    """Greedy answers `rows` at a time, the longest first so that rows of a batch are of one length."""
    ends = {tokenizer.eos_token_id, model.generation_config.eos_token_id}
    settings = GenerationConfig(
        max_new_tokens=length, do_sample=False, eos_token_id=list(ends), pad_token_id=tokenizer.pad_token_id
    )
    answers: dict[int, str] = {}
    order = sorted(range(len(asked)), key=lambda number: -len(asked[number]))
    for start in range(0, len(order), rows):
        batch = order[start : start + rows]
        ids, mask = pad_left([asked[n].prefix + asked[n].question for n in batch], tokenizer.pad_token_id)
        ids, mask = ids.to(model.device), mask.to(model.device)
        with torch.no_grad():
            out = model.generate(input_ids=ids, attention_mask=mask, generation_config=settings)
        for number, row in zip(batch, out[:, ids.shape[1] :], strict=True):
            answers[number] = tokenizer.decode(row, skip_special_tokens=True)
    return [answers[number] for number in range(len(asked))]


def timed(work: Work, model: Any, tokenizer: Any, asked: list[Tokens]) -> dict[str, Any]:
    """Answer all questions once, after one that warms up; a route may be called after what it answers."""
    length = work.config().task.max_new_tokens

    def answer(some: list[Tokens]) -> list[str]:
        if work.route.endswith("prefix"):
            found = generate(model, tokenizer, some, Decoding(max_new_tokens=length, max_rows=work.rows))
            return [samples[0].text for samples in found]
        return by_hugging_face(model, tokenizer, some, length, work.rows)

    answer(asked[:1])
    start, processor = time.perf_counter(), time.process_time()
    answers = answer(asked)
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    seconds, processor_seconds = time.perf_counter() - start, time.process_time() - processor
    return work.settings | {
        "examples": len(asked), "seconds": seconds, "processor_seconds": processor_seconds,
        "peak_mb": peak_megabytes(), "answers": answers,
    }  # fmt: skip


def measure(work: Work) -> dict[str, Any]:
    """Answer with the adapter that the output folder holds, or with the base."""
    torch.set_num_threads(work.threads)
    base, folder = work.base(), Path(work.output) / "adapter"
    asked = questions(work, base.tokenizer)
    with applied(base, folder if folder.is_dir() else None) as model:
        return timed(work, model, base.tokenizer, asked)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    found = measure(Work(**json.loads(sys.argv[1])))
    print(json.dumps(found))
