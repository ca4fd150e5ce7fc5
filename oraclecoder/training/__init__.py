"""LoRA+ runs: which weights learn at which rate, the trainer, and the life of a run's folder."""
