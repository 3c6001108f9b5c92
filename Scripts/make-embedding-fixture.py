#!/usr/bin/env python3
"""Make the reference embeddings that Tests/AttuneTests/EmbeddingParityTests.swift compares with.

Every text is made here, by a seeded generator over the small word lists below, so nothing is
copied from anywhere. The vectors come from sentence-transformers in 32-bit floats on the CPU.

    python3 Scripts/make-embedding-fixture.py --model ~/.cache/attune/models/all-MiniLM-L6-v2

needs torch, transformers and sentence-transformers; Benchmarks/peers/requirements.txt pins the
versions that made the committed files.
"""

import argparse
import hashlib
import json
import math
import os
import random
import sys
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

TEXTS = 500
LONGEST = 2000
SEED = 20240611

# Per language: slots that the templates draw from, then templates. Grammar is only approximate;
# what matters is that real words, accents, punctuation and digits of each script occur.
LANGUAGES = {
    "english": (
        {
            "who": "the warehouse manager|a retired welder|our supplier|the night shift|Mrs. Okafor|"
            "the Lindqvist branch|every apprentice|the auditor|two drivers|customer support",
            "does": "checks|doesn't sign|repaired|forgot to label|will ship|has recalculated|measures|"
            "re-ordered|photographed|couldn't find",
            "what": "the blue valves|a pallet of 48 hinges|the 3.5-inch gasket|invoice no. 20417|"
            "the cooling pump|all returned parcels|the \"late\" samples|the torque settings|spare keys",
            "when": "before noon|on Tuesday|after the thaw|in week 37|at 06:15|twice a month|"
            "since 1998|under protest|without asking",
        },
        ["{who} {does} {what} {when}.", "{when}, {who} {does} {what}, and {who} {does} {what}.",
         "If {who} {does} {what}, {who} {does} {what} {when}!", "Why is it that {who} {does} {what}?",
         "{who} ({when}) {does} {what}; {what} costs $14.50 or 7% more."],
    ),
    "french": (
        {
            "who": "l’élève|la comptable|notre garçon d’étage|Hélène|le maître d’œuvre|l’équipe",
            "does": "répare|vérifie|n’a pas reçu|préfère|commençait|a découpé",
            "what": "la chaîne rouillée|les pièces détachées|un café brûlé|l’échéancier|le cœur du moteur",
            "when": "à midi|l’été dernier|près de la forêt|où que ce soit|dès l’aube",
        },
        ["{who} {does} {what} {when}.", "{when}, {who} {does} {what} : « ça suffit ! »",
         "Est-ce que {who} {does} {what} ?"],
    ),
    "german": (
        {
            "who": "die Prüferin|der Schlosser|unser Großhändler|Frau Müller|das Büro in Köln",
            "does": "prüft|überweist|öffnet|verschließt|übermalt|bestätigt",
            "what": "die Schlüsselübergabe|das Kühlaggregat|drei Päckchen|den Maßstab|die Straßenkarte",
            "when": "am Frühjahrsende|um 17 Uhr|trotz Nässe|außerhalb der Öffnungszeiten|jährlich",
        },
        ["{who} {does} {what} {when}.", "{when} {does} {who} {what}, weil {who} {what} {does}."],
    ),
    "polish": (
        {
            "who": "księgowa|nasz kierowca|żona młynarza|dział zamówień|Łukasz",
            "does": "sprawdza|wysłał|gubi|przywiózł|źle odczytuje",
            "what": "część zamienną|łódź żaglową|świeże pączki|umowę najmu|książkę",
            "when": "wczoraj|późną jesienią|w każdą środę|przed świętami",
        },
        ["{who} {does} {what} {when}.", "Czy {who} {does} {what}?"],
    ),
    "vietnamese": (
        {
            "who": "người thợ|chị kế toán|khách hàng|công ty của tôi|bác bảo vệ",
            "does": "kiểm tra|gửi|quên mang|sửa lại|đặt mua",
            "what": "chiếc máy bơm|hai thùng nước mắm|bản hợp đồng|đơn hàng số 52|cửa sổ",
            "when": "sáng nay|vào thứ bảy|trước mùa mưa|mỗi tháng",
        },
        ["{who} {does} {what} {when}.", "{when} {who} {does} {what}, phải không?"],
    ),
    "turkish": (
        {
            "who": "İşçi|öğretmen|şoför|Ayşe Hanım|güvenlik görevlisi",
            "does": "ölçüyor|götürdü|değiştirdi|ıslattı|düşürdü",
            "what": "çelik boruyu|fiş defterini|ağır sandığı|şişeleri|Iğdır haritasını",
            "when": "dün|öğleden sonra|kışın|yağmurda",
        },
        ["{who} {what} {when} {does}.", "{when} {who} {what} {does} mı?"],
    ),
    "russian": (
        {
            "who": "бухгалтер|наш водитель|мастер цеха|Ёлкина|склад №4|юная чертёжница",
            "does": "проверяет|отправила|не нашёл|чинит|перекрасит|считает",
            "what": "насос|накладную|подшипники|йогурт|старый трактор|объявление",
            "when": "утром|в среду|после дождя|каждый месяц|до съезда",
        },
        ["{who} {does} {what} {when}.", "{when} {who} {does} {what} — и {who} {does} {what}.",
         "Почему {who} {does} {what}?"],
    ),
    "ukrainian": (
        {
            "who": "їхня бригада|Ганна|ґазда|наш інженер|покупець",
            "does": "перевіряє|загубив|під'єднує|замовила|везе",
            "what": "ящик цвяхів|ґрати|мережу|вітрило|рахунок",
            "when": "щодня|у п'ятницю|навесні|зранку",
        },
        ["{who} {does} {what} {when}.", "Чи {who} {does} {what}?"],
    ),
    "greek": (
        {
            "who": "ο μηχανικός|η Ελένη|ο προμηθευτής|το συνεργείο|η γραμματέας",
            "does": "ελέγχει|έστειλε|διορθώνει|ξέχασε|βάφει",
            "what": "την αντλία|τα τιμολόγια|τους σωλήνες|ένα κιβώτιο|τον χάρτη",
            "when": "το πρωί|κάθε Τρίτη|πριν από τη βροχή|φέτος",
        },
        ["{who} {does} {what} {when}.", "{when} {who} {does} {what}· γιατί;"],
    ),
    "hebrew": (
        {
            "who": "המהנדסת|הנהג שלנו|הספק|צוות הלילה",
            "does": "בודק|שלח|תיקנה|שכח",
            "what": "את המשאבה|שלוש חבילות|את החשבונית|את המפתחות",
            "when": "בבוקר|ביום שני|אחרי הגשם",
        },
        ["{who} {does} {what} {when}.", "{when} {who} {does} {what}?"],
    ),
    "arabic": (
        {
            "who": "المهندسة|سائق الشاحنة|مدير المخزن|العامل|قسم المشتريات",
            "does": "يفحص|أرسلت|نسي|أصلح|يقيس",
            "what": "المضخّة|ثلاثة صناديق|الفاتورة رقم ٤٢|المفاتيح القديمة|الأنابيب",
            "when": "صباحًا|يوم الأحد|بعد المطر|كلّ شهر",
        },
        ["{does} {who} {what} {when}.", "{when}، {does} {who} {what}؟"],
    ),
    "hindi": (
        {
            "who": "हमारा ड्राइवर|लेखाकार|मीरा|गोदाम प्रबंधक|नया कारीगर",
            "does": "जाँचता है|भेजता है|भूल गया|ठीक करता है|गिनती है",
            "what": "पुराना पंप|तीन डिब्बे|बिल संख्या ५२|चाबियाँ|लोहे की पाइप",
            "when": "सुबह|हर सोमवार|बारिश के बाद|कल",
        },
        ["{who} {when} {what} {does}।", "क्या {who} {what} {does}?"],
    ),
    "tamil": (
        {
            "who": "பொறியாளர்|ஓட்டுநர்|கணக்காளர்",
            "does": "பார்த்தார்|அனுப்பினார்|மறந்தார்",
            "what": "பழைய இயந்திரத்தை|மூன்று பெட்டிகளை|சாவியை",
            "when": "காலையில்|நேற்று|மழைக்குப் பின்",
        },
        ["{who} {when} {what} {does}.", "{when} {who} {what} {does}?"],
    ),
    "korean": (
        {
            "who": "창고 관리자가|새 직원이|우리 거래처가|김 과장이|기술자가",
            "does": "점검했다|보냈다|잊어버렸다|고친다|주문한다",
            "what": "낡은 펌프를|상자 세 개를|송장을|열쇠를|냉각 장치를",
            "when": "아침에|월요일마다|비가 온 뒤|작년 겨울에",
        },
        ["{who} {when} {what} {does}.", "{when} {who} {what} {does}?"],
    ),
}
# Chinese, Japanese and Thai write no spaces: each list item counts as a word.
UNSPACED = {
    "chinese": (
        "仓库|经理|昨天|检查|了|三台|水泵|因为|下雨|客户|要求|重新|计算|运费|我们|不会|签字|北京|分公司|每月|"
        "寄出|两箱|螺丝|價格|與|說明|書".split("|"),
        ["，", "。", "；", "！", "？", "、"],
    ),
    "japanese": (
        "倉庫|の|担当者|は|昨日|ポンプ|を|点検|しました|が|部品|見つからない|ため|注文|し直す|ことになり|"
        "プラスチック|ガラス|ください|三箱|届いた|でしょうか|ｶﾀｶﾅ|１２３".split("|"),
        ["、", "。", "！", "？", "「", "」"],
    ),
    "thai": (
        "คนขับ|ตรวจสอบ|ปั๊มน้ำ|ส่ง|กล่อง|สาม|ใบ|เมื่อวาน|ลูกค้า|ไม่ได้|ลืม|กุญแจ|โรงงาน".split("|"),
        [" ", " ", "ๆ "],
    ),
}
EMOJI = "🚚 📦 🔧 😀 😅 👍🏽 👩‍🔧 🇳🇴 🇧🇷 ❤️ ☔ ✅ ⚠️ 🧯 🐑 ½ ™ © ← → ≥ ± ∑ ℃ ①".split()
NAMES = "pump valve hinge gasket order crate route depot meter shelf label batch".split()
KINDS = (
    ["english"] * 24
    + [k for k in LANGUAGES if k != "english"]
    + list(UNSPACED)
    + ["chinese", "japanese", "arabic", "russian", "korean", "hindi", "greek", "french", "german"]
    + ["emoji", "emoji", "code", "code", "code", "table", "table", "csv", "markdown", "markdown"]
    + ["markdown", "urls", "urls", "control", "control", "combining", "mixed", "mixed", "mixed"]
    + ["noise", "numbers"]
)


def sentence(rng, language):
    slots, templates = LANGUAGES[language]
    out, rest = "", rng.choice(templates)
    while "{" in rest:
        before, _, rest = rest.partition("{")
        slot, _, rest = rest.partition("}")
        out += before + rng.choice(slots[slot].split("|"))
    out += rest
    return out[0].upper() + out[1:] + " "


def unspaced(rng, language):
    words, marks = UNSPACED[language]
    return [rng.choice(words) for _ in range(rng.randint(4, 12))] + [rng.choice(marks)]


def code(rng):
    a, b = rng.sample(NAMES, 2)
    n = rng.randint(0, 9999)
    return rng.choice([
        f"func {a}{b.title()}(_ {b}: [Int]) -> Int? {{\n  return {b}.first {{ $0 > {n} }}\n}}\n",
        f"def {a}_{b}(x, y=0x{n:x}):\n    return x['{a}'] ** 2 if y != {n} else None  # {b}\n",
        f"SELECT {a}_id, SUM({b}) AS total FROM {a}s WHERE {b} >= {n} GROUP BY 1;\n",
        f"if (({a} & 0xFF) == {n} || !{b}->next) {{ printf(\"%s\\n\", {b}->name); }}\n",
        f"{{\"{a}\": [{n}, -1.5e-{n % 30}, null], \"{b}\": {{\"ok\": true}}}}\n",
        f"$ {a} --{b}={n} < in.txt | sort -u > /tmp/{a}.{b} 2>&1\n",
    ])


def chunk(rng, kind):
    """A few more words of this kind, white space included."""
    if kind in LANGUAGES:
        return sentence(rng, kind)
    if kind == "emoji":
        return sentence(rng, "english")[:-1] + " " + "".join(
            rng.choice(EMOJI) + rng.choice(["", " "]) for _ in range(rng.randint(1, 6))) + " "
    if kind == "code":
        return code(rng)
    if kind == "table":
        return "| " + " | ".join(
            rng.choice([rng.choice(NAMES), f"{rng.uniform(-50, 5000):.2f}", f"{rng.randint(0, 99)} %",
                        f"2{rng.randint(0, 999):03d}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}", "—", ""])
            for _ in range(5)) + " |\n"
    if kind == "csv":
        return f"{rng.randint(1, 99999)};\"{rng.choice(NAMES)}, {rng.choice(NAMES)}\";" \
               f"{rng.uniform(0, 900):.3f};{rng.choice(['yes', 'no', '', 'N/A'])}\r\n"
    if kind == "markdown":
        s = sentence(rng, rng.choice(["english", "english", "german", "french"])).strip()
        a, b = rng.sample(NAMES, 2)
        return rng.choice([
            f"## {a.title()} & {b}\n\n", f"- **{a}**: {s}\n", f"1. {s} See [{b}](../{a}/{b}.md#top).\n",
            f"> {s}\n\n", f"`{a}.{b}()` — _{s}_\n\n", f"```sh\n{code(rng)}```\n", f"{s}\n\n",
            f"![{a}]({b}.png \"{a} {b}\")\n", "---\n", f"* [ ] {s}[^1]\n"])
    if kind == "urls":
        a, b = rng.sample(NAMES, 2)
        n = rng.randint(1, 65535)
        return rng.choice([
            f"https://{a}.example.org/{b}/{n}?q={a}%20{b}&page={n % 7}#s-{n} ",
            f"mailto:{a}.{b}+{n}@example.com ", f"192.0.2.{n % 256}:{n} [2001:db8::{n:x}]/{b} ",
            f"C:\\{a}\\{b}_{n}.xlsx ", f"file:///srv/{a}/{b}-{n}.tar.gz ",
            sentence(rng, "english")])
    if kind == "control":
        odd = ["\x00", "\x01", "\x07", "\x1b[31m", "\x7f", "\u0085", "\u00a0", "\u00ad", "\u200b",
               "\u200e", "\u2028", "\u202e", "\u3000", "\ufeff", "\ufffd", "\t", "\r\n", "\x0b", "\x0c"]
        return "".join(w + rng.choice(odd) + rng.choice(["", " "])
                       for w in sentence(rng, "english").split()) + " "
    if kind == "combining":
        # Decomposed accents, stacked marks, ligatures, full-width and mathematical letters.
        return rng.choice(["Zu\u0308rich ", "A\u030angstro\u0308m ", "e\u0301te\u0301 ", "o\u0323\u0302n ",
                           "ﬁnal oﬀer ", "ＦＵＬＬ ｗｉｄｔｈ ", "𝒷𝑜𝓁𝒹 𝟙𝟚 ", "x\u0301\u0302\u0303\u0304 ", "Ǆ ǆ ", "ß ẞ ",
                           "ά Ά ", "каф\u0435\u0301 ", "q\u0307\u0323 ", "İstanbul ", "ﷺ ", "Ⅷ "]) + \
            rng.choice([sentence(rng, "english"), "", ""])
    if kind == "mixed":
        other = rng.choice(list(LANGUAGES) + list(UNSPACED) + ["urls", "code", "emoji", "numbers"])
        return "".join(unspaced(rng, other)) + " " if other in UNSPACED else chunk(rng, other)
    if kind == "numbers":
        return rng.choice([f"{rng.randint(0, 10**rng.randint(1, 14))} ", f"{rng.uniform(-1, 1):.6f} ",
                           f"€{rng.randint(1, 9999):,} ", f"+47 {rng.randint(10, 99)} 55 ",
                           f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d} ", f"#{rng.getrandbits(48):012X} "])
    # noise: letters in no order, one "word" past the tokenizer's limit of 100 characters included
    length = 130 if rng.random() < 0.05 else rng.randint(1, 18)
    return "".join(rng.choice("aábcdeéfghijklmnoöpqrsßtuüvwxyzŽ0123456789-_.'’") for _ in range(length)) + " "


def make_text(rng, kind, words):
    """A text of exactly `words` words: the separators stay with the word before them."""
    pieces = []
    while len(pieces) < words:
        if kind in UNSPACED:
            pieces += unspaced(rng, kind)
            continue
        word = ""
        for character in chunk(rng, kind):
            if not character.isspace() and word and word[-1].isspace():
                pieces.append(word)
                word = ""
            word += character
        if word:
            pieces.append(word)
    text = "".join(pieces[:words])
    return text if kind == "control" else text.rstrip()


def make_texts():
    rng = random.Random(SEED)
    fixed = ["a", "Ærø", "水", "👍", "?", "[SEP]", "the", "...", "\u200b", "½"]
    texts = [{"kind": "fixed", "words": 1, "text": t} for t in fixed]
    lengths = [
        max(1, min(LONGEST, round(math.exp(math.log(LONGEST) * (i + 0.5) / (TEXTS - len(fixed))))))
        for i in range(TEXTS - len(fixed))
    ]
    lengths[-1] = LONGEST
    kinds = [KINDS[i % len(KINDS)] for i in range(len(lengths))]
    rng.shuffle(kinds)
    for kind, words in zip(kinds, lengths):
        texts.append({"kind": kind, "words": words, "text": make_text(rng, kind, words)})
    rng.shuffle(texts)
    return [{"id": f"t{i:03d}", **t} for i, t in enumerate(texts)]


README = """# Reference embeddings

Made by `Scripts/make-embedding-fixture.py`; regenerate with

    python3 Scripts/make-embedding-fixture.py --model <folder of all-MiniLM-L6-v2>

- `texts.jsonl`: {count} texts of 1 to {longest:,} words, one JSON object a line with `id`, `kind` (script or
  form), `words` and `text`. Written by the script's seeded generator; nothing is copied from elsewhere.
- `vectors.f16`: {count} x {dimensions} little-endian IEEE 754 half-precision numbers, row-major, no header; row i is
  the text of line i. sentence-transformers in f32 on the CPU, at most {limit} tokens a text, mean pooling,
  normalised to length 1, then rounded to half precision (which moves a cosine by less than 1e-6).

| what | value |
|---|---|
{table}
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).resolve().parent.parent
    arguments.add_argument(
        "--model", type=Path, default=Path.home() / ".cache/attune/models/all-MiniLM-L6-v2")
    arguments.add_argument("--out", type=Path, default=root / "Tests/Fixtures/embeddings")
    options = arguments.parse_args()
    if not (options.model / "model.safetensors").exists():
        sys.exit(f"no model.safetensors in {options.model}: give the model's folder with --model")

    import numpy
    import sentence_transformers
    import torch
    import transformers
    import tokenizers

    texts = make_texts()
    model = sentence_transformers.SentenceTransformer(str(options.model), device="cpu")
    model.max_seq_length = 256
    with torch.inference_mode():
        vectors = model.float().encode(
            [t["text"] for t in texts], batch_size=16, normalize_embeddings=True, show_progress_bar=False)
    half = vectors.astype("<f2")
    cosines = (half.astype("f8") * vectors).sum(1) / numpy.linalg.norm(half.astype("f8"), axis=1)
    assert vectors.dtype == numpy.float32 and vectors.shape == (TEXTS, 384)
    assert cosines.min() > 1 - 1e-6, cosines.min()

    options.out.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(t, ensure_ascii=False) + "\n" for t in texts)
    # These end a line for some readers of JSON Lines; keep every text on one line for all of them.
    for character in "\u0085\u2028\u2029":
        lines = lines.replace(character, f"\\u{ord(character):04x}")
    (options.out / "texts.jsonl").write_bytes(lines.encode())
    (options.out / "vectors.f16").write_bytes(half.tobytes())
    digest = hashlib.sha256((options.model / "model.safetensors").read_bytes()).hexdigest()
    table = {
        "model.safetensors, SHA-256": digest,
        "seed": SEED,
        "sentence-transformers": sentence_transformers.__version__,
        "transformers": transformers.__version__,
        "tokenizers": tokenizers.__version__,
        "torch": torch.__version__,
        "numpy": numpy.__version__,
        "Python": sys.version.split()[0],
    }
    (options.out / "README.md").write_text(README.format(
        count=TEXTS, longest=LONGEST, dimensions=384, limit=256,
        table="\n".join(f"| {k} | {v} |" for k, v in table.items())))
    print(f"{len(texts)} texts, {len(lines.encode()):,} bytes; vectors {half.nbytes:,} bytes")


if __name__ == "__main__":
    main()
