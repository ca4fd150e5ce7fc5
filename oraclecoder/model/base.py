"""Load a base model once, in the same way for training, scoring and answering."""

import logging
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from oraclecoder.config import DType, ModelConfig, Quantization
from oraclecoder.errors import ModelError
from oraclecoder.fingerprint import digest_files, digest_value

WEIGHTS = ("*.safetensors", "*.bin", "config.json")
TOKENIZER = ("tokenizer.json", "tokenizer.model", "tokenizer_config.json", "chat_template.jinja", "vocab.json")
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

    patterns = ["*.safetensors", "*.json", "*.model", "*.jinja"]
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


def precision_fingerprint(config: ModelConfig) -> str:
    """Hash of how the base is stored and computed, which a trained adapter depends on."""
    return digest_value([config.quantization.value, config.compute_dtype.value, config.prompt_format.value])


def load_tokenizer(config: ModelConfig) -> PreTrainedTokenizerBase:
    """The tokenizer, with a padding token."""
    folder = model_folder(config)
    tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=config.trust_remote_code)
    if tokenizer.eos_token_id is None:
        raise ModelError(f"the tokenizer of {config.name} has no end-of-text token; answers would never end")
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_base(config: ModelConfig, *, device: str | None = None) -> Base:
    """The frozen base on `device` (default: CUDA if there is one), quantised as configured.

    Raises:
        ModelError: if it is not there, or its window is shorter than `model.max_length`.
    """
    folder = model_folder(config)
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    shape = AutoConfig.from_pretrained(folder, trust_remote_code=config.trust_remote_code)
    window = getattr(shape.get_text_config(), "max_position_embeddings", None)
    if window is not None and config.max_length > window:
        raise ModelError(f"model.max_length={config.max_length} exceeds the window of {config.name}, {window} tokens")
    model = AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=DTYPES[config.compute_dtype],
        attn_implementation=config.attention.value,
        quantization_config=_quantization(config),
        device_map={"": device},
        trust_remote_code=config.trust_remote_code,
    )
    _keep_weights_unpacked(model)
    model.requires_grad_(False)
    model.eval()
    return Base(model, load_tokenizer(config), fingerprint_model(config), config)


def _quantization(config: ModelConfig) -> BitsAndBytesConfig | None:
    if config.quantization is Quantization.none:
        return None
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)  # int8 on CPU warns once per layer and call
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
