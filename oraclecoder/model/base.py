"""Load a base model once, in the same way for training, scoring and answering."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    PreTrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from oraclecoder.config import DType, ModelConfig, Quantization
from oraclecoder.errors import ModelError
from oraclecoder.fingerprint import digest_files

WEIGHTS = ("*.safetensors", "*.bin", "config.json")
TOKENIZER = (
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "chat_template.jinja",
    "vocab.json",
    "merges.txt",
)
NANO = Path(__file__).parent / "nano"
DTYPES = {DType.float32: torch.float32, DType.bfloat16: torch.bfloat16, DType.float16: torch.float16}


@dataclass(frozen=True)
class Base:
    """A frozen base model with its tokenizer; `fingerprint` is the hash of weights, configuration and tokenizer."""

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    fingerprint: str
    config: ModelConfig

    @property
    def device(self) -> torch.device:
        """Where the model computes."""
        return self.model.device


def model_folder(config: ModelConfig) -> Path:
    """The folder of files behind `model.name`: the shipped nano, a local folder, or a hub snapshot.

    Raises:
        ModelError: if there is no such folder and the hub does not have it either.
    """
    if config.name == "nano":
        return NANO
    if Path(config.name).is_dir():
        return Path(config.name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    patterns = ["*.safetensors", "*.json", "*.model", "*.jinja", "merges.txt"]
    patterns += ["*.py"] if config.trust_remote_code else []
    try:
        return Path(snapshot_download(config.name, revision=config.revision, allow_patterns=patterns))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        raise ModelError(
            f"model.name={config.name} is neither a folder nor a model that the hub gives ({type(error).__name__}); "
            "check the name, go online, or give the path of a folder"
        ) from error


def fingerprint_model(config: ModelConfig) -> str:
    """Hash of the weights, the configuration and the tokenizer: the same files give the same hash anywhere."""
    folder = model_folder(config)
    files = [path for pattern in (*WEIGHTS, *TOKENIZER) for path in sorted(folder.glob(pattern))]
    if not any(path.suffix in (".safetensors", ".bin") for path in files):
        raise ModelError(f"{folder} holds no model weights (*.safetensors); give the folder of a saved model")
    return digest_files(files)


def load_tokenizer(config: ModelConfig) -> PreTrainedTokenizerBase:
    """The tokenizer, with a padding token."""
    folder = model_folder(config)
    with _in_one_sentence(config):
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=config.trust_remote_code)
    if tokenizer.eos_token_id is None:
        raise ModelError(f"the tokenizer of {config.name} has no end-of-text token; answers would never end")
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def flush_denormals() -> None:
    """Let CPUs take numbers below 1e-38 as zero: attention to a few tokens makes many, and each takes a slow path."""
    torch.set_flush_denormal(True)


def load_base(config: ModelConfig, *, device: str | None = None) -> Base:
    """The frozen base on `device` (default: CUDA if there is one), quantised as configured.

    Raises:
        ModelError: if it is not there, is not complete, or its window is shorter than `model.max_length`.
    """
    fingerprint = fingerprint_model(config)
    flush_denormals()
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    window = getattr(_read_shape(config).get_text_config(), "max_position_embeddings", None)
    if window is not None and config.max_length > window:
        raise ModelError(
            f"model.max_length={config.max_length} exceeds the window of {config.name}, {window} tokens; "
            f"set model.max_length={window}"
        )
    with _in_one_sentence(config):
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            model_folder(config),
            dtype=DTYPES[config.compute_dtype],
            attn_implementation=config.attention.value,
            quantization_config=_quantization(config),
            device_map={"": device},
            trust_remote_code=config.trust_remote_code,
            output_loading_info=True,
        )
    model, report = loaded
    if report["missing_keys"]:
        missing = sorted(report["missing_keys"])
        raise ModelError(
            f"{config.name} lacks {len(missing)} weights of a {type(model).__name__}, first {missing[0]}, which would "
            "be random; give a complete causal language model"
        )
    _keep_weights_unpacked(model)
    model.requires_grad_(False)
    model.eval()
    return Base(model, load_tokenizer(config), fingerprint, config)


def embedding_names(config: ModelConfig) -> list[str]:
    """The names of the base's embedding modules, from its shape alone: no weight is read.

    Raises:
        ModelError: if it is not there.
    """
    with _in_one_sentence(config), torch.device("meta"):
        model = AutoModelForCausalLM.from_config(_read_shape(config), trust_remote_code=config.trust_remote_code)
    return [name for name, module in model.named_modules() if isinstance(module, torch.nn.Embedding)]


def _read_shape(config: ModelConfig) -> PreTrainedConfig:
    with _in_one_sentence(config):
        return AutoConfig.from_pretrained(model_folder(config), trust_remote_code=config.trust_remote_code)


@contextmanager
def _in_one_sentence(config: ModelConfig) -> Iterator[None]:
    """What transformers says of a model that it cannot read, as one sentence."""
    try:
        yield
    except (OSError, ValueError, ImportError, RuntimeError, SafetensorError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0].rstrip(". ")
        raise ModelError(f"model.name={config.name} does not load ({reason}); {_remedy(error, config)}") from error


def _remedy(error: Exception, config: ModelConfig) -> str:
    """What to do about a base that does not load."""
    text = str(error).lower()
    if isinstance(error, torch.OutOfMemoryError):
        return "free the GPU of other work, or set model.quantization=nf4"
    if "attention" in text or "flash" in text:
        return f"set model.attention to another than {config.attention.value}: sdpa, or eager where that is not known"
    return "give the folder or hub id of a complete causal language model that transformers knows"


def _quantization(config: ModelConfig) -> BitsAndBytesConfig | None:
    if config.quantization is Quantization.none:
        return None
    if config.quantization is Quantization.int8:
        return BitsAndBytesConfig(load_in_8bit=True)
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=DTYPES[config.compute_dtype],
    )


def _keep_weights_unpacked(model: PreTrainedModel) -> None:
    """Keep 4-bit weights as they were loaded.

    On CPUs with avx512_bf16 an evaluation pass repacks them for an inference kernel without gradients and never
    unpacks them, so that all later training is silently wrong (bitsandbytes 0.50).
    """
    for module in model.modules():
        if type(module).__name__ == "Linear4bit":
            module.support_avx512bf16_for_cpu = False  # type: ignore[assignment]


def dense_weight(module: torch.nn.Module) -> torch.Tensor:
    """A module's weight as numbers, dequantised if it is quantised."""
    weight: Any = module.weight
    if type(module).__name__ not in ("Linear4bit", "Linear8bitLt"):
        return weight.detach()
    from transformers.integrations.bitsandbytes import dequantize_bnb_weight

    return dequantize_bnb_weight(weight, state=module.state if type(module).__name__ == "Linear8bitLt" else None)


def free_memory() -> None:
    """Give back what a trained model held; its parts refer to each other, so they do not go by themselves."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
