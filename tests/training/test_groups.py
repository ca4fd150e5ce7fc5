"""What a run reads: its groups are as large as the configuration allows."""

from oraclecoder.dataset import load_dataset
from oraclecoder.model.base import load_tokenizer
from oraclecoder.model.batches import padded_size
from oraclecoder.training.groups import read_groups


def groups(config):
    dataset = load_dataset(config.dataset)
    return read_groups(config, load_tokenizer(config.model), dataset, dataset.train)


def test_a_group_is_capped_by_questions_and_by_tokens(train_config):
    """All four questions of a schema in one group, or as many as fit; the schema counts for each only when padded."""
    usual = ["task=schema_linking", "model.max_length=4096"]
    whole = groups(train_config(*usual))
    assert {len(group.members) for group in whole} == {4}
    limit = max(padded_size([group]) for group in whole) * 3 // 4
    padded = groups(train_config(*usual, f"training.max_group_tokens={limit}", "training.route=padded"))
    assert {len(group.members) for group in padded} == {2}
    assert all(padded_size([group]) <= limit for group in padded)
    assert groups(train_config(*usual, f"training.max_group_tokens={limit}")) == whole
    limit = max(group.num_tokens for group in whole) - 1
    capped = groups(train_config(*usual, f"training.max_group_tokens={limit}"))
    assert {len(group.members) for group in capped} == {2}
    assert all(group.num_tokens <= limit for group in capped)
    ids = sorted(member.example_id for group in whole for member in group.members)
    assert sorted(member.example_id for group in capped for member in group.members) == ids
    single = groups(train_config(*usual, "training.max_group_tokens=64"))
    assert {len(group.members) for group in single} == {1}
