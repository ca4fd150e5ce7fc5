"""The tokenizer of oraclecoder-nano: byte-level BPE in which a word has the same tokens wherever it stands.

A small model copies names well only if the name in the question and the name in the schema are the same tokens. So a
capital is a mark followed by the small letter (FlightID: mark flight mark-i-mark-d), a plural s is a token of its
own, spaces do not stick to ordinary words, and words are split at underscores, capitals and digits. Only function
words and SQL keywords take the spaces round them along.
"""

from collections.abc import Iterable
from string import ascii_uppercase

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

WINDOW = 4096
"""The tokens that the nano reads."""
CAPITAL = "\x0e"
"""The control character "shift out" stands before a letter that was a capital."""
PAD, BEGIN, END = "<pad>", "<s>", "</s>"
TURNS = ("<|system|>", "<|user|>", "<|assistant|>")
KEYWORDS = (
    "SELECT DISTINCT|SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|JOIN|LEFT JOIN|INNER JOIN|ON|AS|AND|OR|NOT IN|"
    "NOT LIKE|NOT|IN|LIKE|BETWEEN|IS NOT NULL|IS NULL|NULL|INTERSECT|UNION ALL|UNION|EXCEPT|DESC|ASC|EXISTS|CASE|WHEN|"
    "THEN|ELSE|END|CAST|CREATE TABLE|PRIMARY KEY|FOREIGN KEY|REFERENCES|INTEGER|BIGINT|TEXT|VARCHAR|REAL|FLOAT|DECIMAL|"
    "NUMERIC|DATETIME|DATE|BOOLEAN|DOUBLE|INT|CHAR|TIMESTAMP|BLOB|MAX|MIN|AVG|SUM|COUNT|DISTINCT|Primary Key|Examples"
)
FUNCTION_WORDS = (
    "a|an|the|of|for|in|on|at|by|to|from|with|without|and|or|not|no|is|are|was|were|be|been|has|have|had|do|does|did|"
    "that|which|who|whose|what|when|where|how|many|much|all|any|each|every|some|their|its|it|they|them|there|than|as|"
    "more|less|most|least|me|show|list|find|give|count|return|please|can|you|we|between|both|either|but|only|also|other"
)
CHAT_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>\n{{ message['content'] }}{{ eos_token }}\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)


def _mark(text: str) -> str:
    return "".join(CAPITAL + letter.lower() if letter in ascii_uppercase else letter for letter in text)


def word_pattern() -> str:
    """The regular expression that cuts marked text into words."""
    mark, before, after = CAPITAL, rf"(?<![a-z0-9_{CAPITAL}])", rf"(?![a-z0-9_{CAPITAL}])"
    keywords = "|".join(sorted(map(_mark, KEYWORDS.split("|")), key=len, reverse=True))
    words = "|".join(sorted(FUNCTION_WORDS.split("|"), key=len, reverse=True))
    return "|".join(
        (
            rf" ?{before}(?:{keywords}){after}(?:,?\n *| ?\(| )?",
            rf" ?{before}{mark}?(?:{words}){after}(?: (?!{mark}))?",
            rf" ?{before}{mark}t[1-9]{after}\.?",
            rf"(?:{mark}[a-z])+(?![a-z])",
            mark,
            r"[a-z]{3,}(?=s(?![a-z]))",
            r"[a-z]+",
            r"[0-9]",
            r",?\n+ *(?:-- )?'?",
            r"_",
            rf" ?[^\sa-z0-9_{mark}]+ ?'?",
            r"\s+",
        )
    )


def build_tokenizer(texts: Iterable[str], *, vocabulary_size: int) -> PreTrainedTokenizerFast:
    """A tokenizer trained on these texts, with end, padding and chat tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.Replace(c, CAPITAL + c.lower()) for c in ascii_uppercase])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(word_pattern()), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    capitals = [decoders.Replace(CAPITAL + c.lower(), c) for c in ascii_uppercase]
    tokenizer.decoder = decoders.Sequence([decoders.ByteLevel(), *capitals])
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        special_tokens=[PAD, BEGIN, END, *TURNS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=BEGIN,
        eos_token=END,
        pad_token=PAD,
        chat_template=CHAT_TEMPLATE,
        model_max_length=WINDOW,
        clean_up_tokenization_spaces=False,
    )
