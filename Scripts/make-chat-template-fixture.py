#!/usr/bin/env python3
"""Writes the fixtures of the chat template tests: what transformers makes of conversations with the
templates of models, and what it makes of small templates that try the language.

Usage: pip install transformers jinja2; python3 Scripts/make-chat-template-fixture.py TOKENIZERS

TOKENIZERS is the folder that holds chat-templates/*.jinja and huggingface/**/tokenizer_config.json.
The templates themselves are not copied. A rendering is kept as its length in bytes and its 64-bit
FNV-1a hash, with the text itself where it is short; where transformers raises, the kind of error.
"""

import datetime
import json
import pathlib
import sys

from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast
from transformers.utils import chat_template_utils

from chat_template_cases import CONVERSATIONS, SNIPPETS, VARIABLES

FIXTURES = (
    pathlib.Path(__file__).parent.parent / "Tests/LanguageModelsTests/Fixtures/chat-templates"
)
NOW = datetime.datetime(2025, 3, 9, 14, 5, 7, 123456)
SHORT = 400


class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def templates(folder):
    for path in sorted((folder / "chat-templates").glob("*.jinja")):
        yield (
            str(path.relative_to(folder)),
            path.read_text(),
            {"bos_token": "<s>", "eos_token": "</s>"},
        )
    for path in sorted((folder / "huggingface").glob("**/tokenizer_config.json")):
        config = json.loads(path.read_text())
        tokens = {
            key: value
            for key, value in config.items()
            if key.endswith("_token") and isinstance(value, str)
        }
        key = str(path.relative_to(folder))
        template = config.get("chat_template")
        if isinstance(template, str):
            yield key, template, tokens
        for named in template if isinstance(template, list) else []:
            yield f"{key}#{named['name']}", named["template"], tokens


def rendering(tokenizer, template, tokens, conversation):
    try:
        text = tokenizer.apply_chat_template(
            conversation["messages"],
            tools=conversation.get("tools"),
            documents=conversation.get("documents"),
            chat_template=template,
            tokenize=False,
            add_generation_prompt=conversation.get("add_generation_prompt", True),
            **tokens,
            **conversation.get("variables", {}),
        )
    except Exception as error:
        return {"error": type(error).__name__}
    data = text.encode()
    result = {"bytes": len(data), "fnv1a": fnv(data)}
    if len(data) <= SHORT:
        result["text"] = text
    return result


def snippet(source):
    try:
        text = chat_template_utils._compile_jinja_template(source).render(**VARIABLES)
        text.encode()
    except Exception as error:
        return {"source": source, "error": type(error).__name__}
    return {"source": source, "text": text}


def write(name, value):
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    (FIXTURES / name).write_text(text)


def main():
    folder = pathlib.Path(sys.argv[1])
    chat_template_utils.datetime = Clock
    FIXTURES.mkdir(parents=True, exist_ok=True)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.BPE()))
    write("conversations.json", CONVERSATIONS)
    write(
        "expected.json",
        [
            {
                "template": name,
                "tokens": tokens,
                "renderings": {
                    conversation["name"]: rendering(tokenizer, template, tokens, conversation)
                    for conversation in CONVERSATIONS
                },
            }
            for name, template, tokens in templates(folder)
        ],
    )
    write(
        "language.json",
        {"variables": VARIABLES, "cases": [snippet(source) for source in SNIPPETS]},
    )


main()
