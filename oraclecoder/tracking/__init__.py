"""What a job writes about itself. Local files are the truth; Weights & Biases mirrors them."""
