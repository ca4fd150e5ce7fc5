"""How commands load the heavy libraries."""

import gc
import importlib
import sys
import weakref

import pytest

from oraclecoder.loading import loading


@pytest.fixture(autouse=True)
def _thaw():
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_is_loaded_is_no_longer_looked_through(tmp_path, monkeypatch):
    (tmp_path / "stays_for_good.py").write_text("NAMES = [[number] for number in range(1000)]\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with loading():
        assert not gc.isenabled()
        module = importlib.import_module("stays_for_good")
    assert gc.isenabled()
    assert gc.get_freeze_count() >= 1000
    assert not any(one is module.NAMES for one in gc.get_objects())
    del sys.modules["stays_for_good"]


def test_an_import_that_fails_leaves_the_collector_at_work():
    with pytest.raises(ModuleNotFoundError), loading():
        importlib.import_module("there_is_no_such_module")
    assert gc.isenabled()


def test_what_a_job_leaves_is_collected_though_the_next_one_loads_again():
    class Model:
        pass

    with loading():
        pass
    model = Model()
    model.itself = model
    gone = weakref.ref(model)
    gc.disable()
    try:
        del model
        assert gone() is not None
        with loading():
            pass
        gc.collect()
        assert gone() is None
    finally:
        gc.enable()
