"""Makes the reference values of the stories260k model for Tests/LanguageModelsTests/Fixtures.

The token ids of a short text, the mean negative log-likelihood of each token after the first as
PyTorch computes it in 32-bit floats, and the ids of a greedy continuation of 200 steps. Needs torch,
transformers and tokenizers, and the model in Hugging Face's form:

    python3 Scripts/make-story-reference.py path/to/stories260k/huggingface
"""

import json
import pathlib
import sys

import torch
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

TEXT = (
    "One morning a small bear named Tim went to the lake with his mom. The water was cold and the "
    "wind was strong. Tim saw a boat and wanted to sit in it. \"Can I go on the boat, mom?\" he asked. "
    "His mom smiled and said, \"Yes, but you must hold my hand.\" They sat in the boat and looked at "
    "the fish. Tim was very happy. When the sun went down, they walked home and had warm soup.")
STEPS = 200


def main():
    folder = pathlib.Path(sys.argv[1])
    model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = tokenizer.encode(TEXT).ids
    if ids[0] != 1:
        ids = [1] + ids
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0].double()
    losses = torch.nn.functional.cross_entropy(logits[:-1], torch.tensor(ids[1:]), reduction="none")
    greedy = [1]
    with torch.no_grad():
        for _ in range(STEPS):
            greedy.append(int(model(torch.tensor([greedy])).logits[0, -1].argmax()))
    path = pathlib.Path(__file__).parent.parent / "Tests/LanguageModelsTests/Fixtures/stories260k.json"
    path.write_text(json.dumps({
        "text": TEXT, "ids": ids, "loss": losses.mean().item(), "greedy": greedy,
        "story": tokenizer.decode(greedy)}) + "\n")


main()
