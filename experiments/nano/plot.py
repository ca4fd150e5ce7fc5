"""Draw curve.png from results.csv: python experiments/nano/plot.py."""

import csv
from collections import defaultdict
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

FOLDER = Path(__file__).parent
LONG = "300 M tokens on a GPU, eight layers"
runs = defaultdict(list)
with (FOLDER / "results.csv").open() as file:
    for row in csv.DictReader(file):
        runs[row["run"]].append(row)

figure, panels = plt.subplots(1, 2, figsize=(10, 4.2))
panels[0].set_prop_cycle(color=[plt.get_cmap("tab20")(number) for number in range(20)])
for name, rows in runs.items():
    tokens = [float(row["tokens"]) / 1e6 for row in rows]
    panels[0].plot(tokens, [float(row["unseen_loss"]) for row in rows], label=name)
    if name == LONG:
        for key, style in (("unseen", "-"), ("seen", "--")):
            for measure, colour in (("token_accuracy", "tab:blue"), ("exact_match", "tab:red")):
                values = [float(row[f"{key}_{measure}"]) for row in rows]
                label = f"{measure.replace('_', ' ')}, {key} words"
                panels[1].plot(tokens, values, style, color=colour, label=label)
panels[0].set(xlabel="million tokens", ylabel="loss on unseen words", xscale="log", yscale="log")
panels[1].set(xlabel="million tokens", ylabel="share right (300 M tokens)", ylim=(0, 1))
for panel in panels:
    panel.legend(fontsize=7, loc="upper right" if panel is panels[0] else "lower right")
    panel.grid(alpha=0.3)
figure.tight_layout()
figure.savefig(FOLDER / "curve.png", dpi=110)
