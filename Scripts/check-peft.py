"""Compares what PEFT, transformers and llama.cpp compute with Attune's adapters and merged models.

First let the tests write them:

    ATTUNE_ADAPTER_CHECK=/tmp/adapters swift test -c release --filter AdapterExportTests
    python3 Scripts/check-peft.py /tmp/adapters

Needs torch, transformers and peft; llama-cpp-python too for the GGUF adapter, which is left out where
that cannot be imported (--gguf runs only that part, for an environment that has nothing else).
"""

import json
import pathlib
import sys

LIMIT = 1e-4


def report(name, what, difference, limit=LIMIT):
    good = difference <= limit
    print(f"{name:20} {what:34} largest difference {difference:.2e} {'ok' if good else 'TOO LARGE'}")
    return good


def check_peft(folder, case):
    import peft
    import torch
    import transformers
    transformers.utils.logging.set_verbosity_error()
    is_bert = "bert" in folder.name
    kind = transformers.AutoModel if is_bert else transformers.AutoModelForCausalLM
    settings = dict(dtype=torch.float32, attn_implementation="eager")
    ours = torch.tensor(case["rows"])

    def rows(model):
        with torch.no_grad():
            out = model(input_ids=torch.tensor([case["ids"]]))
        return out.last_hidden_state[0] if is_bert else out.logits[0]

    base = kind.from_pretrained(case["base"], **settings).eval()
    plain = rows(base)
    adapted = peft.PeftModel.from_pretrained(base, folder / "adapter").eval()
    with_adapter = rows(adapted)
    assert (with_adapter - plain).abs().max() > 1e-2, "the adapter changes nothing"
    merged = rows(kind.from_pretrained(folder / "merged", **settings).eval())
    return [
        report(folder.name, "our adapter in PEFT", float((with_adapter - ours).abs().max())),
        report(folder.name, "our merged model in transformers", float((merged - ours).abs().max())),
    ]


def check_gguf(folder, case, gguf):
    import llama_cpp
    import numpy
    results = []
    for adapter, wanted in ((None, case["plainGreedy"]), (str(folder / "adapter.gguf"), case["greedy"])):
        model = llama_cpp.Llama(
            str(gguf), lora_path=adapter, n_ctx=256, logits_all=True, n_threads=1, verbose=False,
            type_k=llama_cpp.GGML_TYPE_F32, type_v=llama_cpp.GGML_TYPE_F32)
        model.eval(case["ids"])
        logits = numpy.array(model.scores[:len(case["ids"])])
        if adapter:
            difference = float(numpy.abs(logits - numpy.array(case["rows"])).max())
            results.append(report(folder.name, "our GGUF adapter in llama.cpp", difference))
        token = int(logits[-1].argmax())
        tokens = [token]
        while len(tokens) < len(wanted):
            model.eval([token])
            token = int(numpy.array(model.scores[model.n_tokens - 1]).argmax())
            tokens.append(token)
        same = tokens == wanted
        print(f"{folder.name:20} greedy tokens {'with' if adapter else 'without'} adapter: "
              f"{'the same' if same else 'OTHERS'} ({len(tokens)})")
        results.append(same)
    return results


def main():
    only_gguf = "--gguf" in sys.argv
    root = pathlib.Path([value for value in sys.argv[1:] if not value.startswith("--")][0])
    results = []
    for folder in sorted(path for path in root.iterdir() if (path / "case.json").exists()):
        case = json.loads((folder / "case.json").read_text())
        if not only_gguf:
            results += check_peft(folder, case)
        if (folder / "adapter.gguf").exists():
            try:
                import llama_cpp  # noqa: F401
            except ImportError:
                print(f"{folder.name:20} no llama-cpp-python: GGUF left out")
                continue
            models = pathlib.Path(case["base"]).parent
            results += check_gguf(folder, case, next(models.glob("*f32.gguf")))
    sys.exit(0 if results and all(results) else 1)


main()
