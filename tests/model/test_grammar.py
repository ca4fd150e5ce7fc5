"""Constrained decoding takes the likeliest token that an answer can go on with."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from oraclecoder.model.decode import Decoding
from oraclecoder.model.generate import generate
from oraclecoder.model.grammar import Constraint, Spelling
from oraclecoder.model.nano_tokenizer import CAPITAL
from tests.model.numbers import Letters, questions

NANO = Path(__file__).parents[2] / "oraclecoder" / "model" / "nano"


class Odd:
    """Odd numbers; three of them are a whole answer."""

    max_corrections = None

    def begins(self, text: str) -> bool:
        return all(int(part) % 2 for part in text.split(".") if part)

    def ends(self, text: str) -> bool:
        return text.count(".") >= 2


def test_answers_obey_their_grammar_and_others_are_untouched(model):
    asked = questions()
    grammars = [Odd() if number % 2 else None for number in range(len(asked))]
    free = generate(model, Letters(), asked, Decoding(max_new_tokens=6))
    held = generate(model, Letters(), asked, Decoding(max_new_tokens=6), grammars=grammars)
    assert [answer[0].text for answer in held[::2]] == [answer[0].text for answer in free[::2]]
    assert all(Odd().begins(answer[0].text) for answer in held[1::2])
    assert not all(Odd().begins(answer[0].text) for answer in free[1::2])


def test_samples_obey_their_grammar_and_differ(model):
    decoding = Decoding(max_new_tokens=4, temperature=2.0, num_samples=8, seed=1)
    (found,) = generate(model, Letters(), questions()[:1], decoding, grammars=[Odd()])
    assert all(Odd().begins(answer.text) for answer in found)
    assert len({answer.text for answer in found}) >= 4


def test_an_answer_that_nothing_can_go_on_with_is_given_up():
    constraint = Constraint(Odd(), Spelling(Letters()), {1})
    scores = torch.tensor([0.0, 0.0, 0.0, 0.0, 2.0])
    constraint.choose([2], scores)
    assert constraint.given_up


@pytest.mark.parametrize(("before", "expected"), [([3, 5], 7), ([3, 5, 9], 1)])
def test_an_answer_ends_only_where_it_is_whole(before, expected):
    scores = torch.zeros(8)
    scores[1], scores[7] = 3.0, 2.0
    assert Constraint(Odd(), Spelling(Letters()), {1}).choose(before, scores) == expected


def test_answering_keeps_no_graph_even_of_weights_that_are_trained(model, monkeypatch):
    kept = []
    forward = type(model).forward

    def remember(self, *arguments, **words):
        output = forward(self, *arguments, **words)
        kept.append(output.logits.requires_grad)
        return output

    monkeypatch.setattr(type(model), "forward", remember)
    assert any(parameter.requires_grad for parameter in model.parameters())
    generate(model, Letters(), questions()[:3], Decoding(max_new_tokens=3))
    assert kept
    assert not any(kept)


class Names:
    """Answers that begin as these names do."""

    letters = frozenset("é")
    max_corrections: int | None = 8

    def __init__(self, *names: str) -> None:
        self.names = names

    def begins(self, text: str) -> bool:
        return any(name.startswith(text) for name in self.names)

    def ends(self, text: str) -> bool:
        return text in self.names


class Bytes:
    """A tokenizer whose tokens are bytes."""

    all_special_ids = ()

    def decode(self, ids, skip_special_tokens):
        return bytes(ids).decode(errors="replace")

    def convert_ids_to_tokens(self, ids):
        return [chr(one) for one in ids]


def metaspace() -> PreTrainedTokenizerFast:
    """A tokenizer that leaves out the first space, as those of Llama 2 do."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace()])
    trainer = trainers.BpeTrainer(special_tokens=["</s>"], initial_alphabet=[f"<0x{n:02X}>" for n in range(256)])
    tokenizer.train_from_iterator(["select the name of the singer whose name is é"], trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>")


@pytest.mark.parametrize(
    "tokenizer", [AutoTokenizer.from_pretrained(NANO), metaspace(), Bytes()], ids=["nano", "metaspace", "bytes"]
)
def test_the_text_of_one_more_token_is_that_of_all_tokens(tokenizer):
    spelling, chance = Spelling(tokenizer), torch.Generator().manual_seed(1)
    size = 256 if isinstance(tokenizer, Bytes) else len(tokenizer)
    marks = torch.tensor([token for token in range(size) if CAPITAL in spelling.following(token)] or [0])
    for _ in range(300):
        tokens = torch.randint(size, (12,), generator=chance)
        marked = torch.rand(12, generator=chance) < 0.3
        tokens = tokens.where(~marked, marks[torch.randint(len(marks), (12,), generator=chance)]).tolist()
        for end in range(len(tokens)):
            before = tokens[:end]
            assert spelling.after(before, spelling.text(before), tokens[end]) == spelling.text(tokens[: end + 1])


def test_however_unlikely_the_one_token_that_may_follow_is_found():
    scores = torch.arange(256).float()
    constraint = Constraint(Names("a\tb"), Spelling(Bytes()), set())
    assert constraint.choose(list(b"a"), scores) == ord("\t")
    assert not constraint.given_up


def test_a_letter_of_several_bytes_is_begun_only_where_it_may_stand():
    first, second = "é".encode()
    scores = torch.zeros(256)
    scores[first], scores[second] = 3.0, 2.0
    assert Constraint(Names("café"), Spelling(Bytes()), set()).choose(list(b"caf"), scores) == first
    assert Constraint(Names("café"), Spelling(Bytes()), set()).choose([*b"caf", first], scores) == second
    assert Constraint(Names("cafe"), Spelling(Bytes()), set()).choose(list(b"caf"), scores) == ord("e")


@pytest.mark.parametrize(("most", "given_up"), [(8, True), (9, False), (None, False)])
def test_an_answer_that_is_corrected_more_often_than_its_grammar_allows_is_given_up(most, given_up):
    scores, grammar = torch.arange(256).float(), Names("a" * 99)
    grammar.max_corrections = most
    constraint = Constraint(grammar, Spelling(Bytes()), set())
    chosen = [constraint.choose([ord("a")] * place, scores) for place in range(8)]
    assert chosen == [ord("a")] * 8
    assert not constraint.given_up
    constraint.choose([ord("a")] * 8, scores)
    assert constraint.given_up is given_up


def test_tokens_that_say_nothing_are_never_taken_for_a_part_of_an_answer():
    scores = torch.zeros(8)
    scores[0], scores[1], scores[7] = 3.0, 2.5, 2.0
    assert Constraint(Odd(), Spelling(Letters()), {1}).choose([3], scores) == 7


def test_a_letter_of_tokens_of_one_byte_each_is_written_to_its_end():
    """As Llama 2 has them: each of its bytes alone is a broken letter of its own."""
    letter = "名".encode()
    vocabulary = {f"<0x{byte:02X}>": byte for byte in range(256)} | {"a": 256, "<unk>": 257}
    own = Tokenizer(models.BPE(vocabulary, [], unk_token="<unk>", byte_fallback=True))
    own.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Fuse()])
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=own, unk_token="<unk>")
    scores = torch.zeros(258)
    for place, byte in enumerate(letter):
        scores[byte] = 5.0 - place
    grammar = Names("a名")
    grammar.letters = frozenset("名")
    constraint, told = Constraint(grammar, Spelling(tokenizer), set()), [256]
    for byte in letter:
        told.append(constraint.choose(told, scores))
        scores[byte] = 0.0
    assert tokenizer.decode(told) == "a名"
    assert constraint.num_corrected == 0


def test_an_answer_that_is_given_up_is_empty_and_no_other_answer_changes(model):
    asked, decoding = questions()[:3], Decoding(max_new_tokens=6)
    free = generate(model, Letters(), asked, decoding)
    held = generate(model, Letters(), asked, decoding, grammars=[None, Names(), None])
    assert [(one.text, one.num_tokens, one.ended) for one in held[1]] == [("", 0, False)]
    assert [one[0].text for one in (held[0], held[2])] == [one[0].text for one in (free[0], free[2])]
