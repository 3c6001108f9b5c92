#!/usr/bin/env python3
"""Random blocks of every GGUF tensor encoding that Attune reads, with their values as the gguf
package gives them: the fixture of Tests/KernelsTests/TensorEncodingTests.swift.

Needs the packages gguf and numpy. Usage: make-gguf-fixture.py [output file]

The file is a sequence of records, one per encoding, all numbers little-endian: u32 type number,
u32 number of bytes, u32 number of values, the bytes, the values as f32.
"""

import pathlib
import struct
import sys

import numpy
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize

TYPES = ["F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"]

# Where the f16 numbers of a block begin.
HALVES = {
    "Q4_0": [0],
    "Q4_1": [0, 2],
    "Q5_0": [0],
    "Q5_1": [0, 2],
    "Q8_0": [0],
    "Q4_K": [0, 2],
    "Q5_K": [0, 2],
    "Q6_K": [208],
}


def finite_halves(random, count):
    """Any f16 bits but infinities and what is no number: subnormal numbers and zeros among them."""
    bits = random.integers(0, 1 << 16, count, dtype=numpy.uint16)
    return numpy.where((bits & 0x7C00) == 0x7C00, bits & 0x83FF, bits)


def record(random, name):
    kind = GGMLQuantizationType[name]
    width, size = GGML_QUANT_SIZES[kind]
    if name == "F16":
        # All there is at the edges, then any.
        edges = numpy.array(
            [0, 0x8000, 1, 0x8001, 0x3FF, 0x400, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00], numpy.uint16
        )
        data = numpy.concatenate([edges, finite_halves(random, 118)]).view(numpy.uint8)
        values = data.view(numpy.float16).astype(numpy.float32)
    elif name == "BF16":
        bits = random.integers(0, 1 << 16, 128, dtype=numpy.uint16)
        bits = numpy.where((bits & 0x7F80) == 0x7F80, bits & 0x807F, bits)
        bits[:4] = [0x7F80, 0xFF80, 0x0001, 0x8000]
        data = bits.view(numpy.uint8)
        values = dequantize(data.copy(), kind)
    else:
        count = 12 if width == 32 else 3
        blocks = random.integers(0, 256, (count, size), dtype=numpy.uint8)
        for place in HALVES[name]:
            halves = finite_halves(random, count)
            blocks[:, place : place + 2] = halves.view(numpy.uint8).reshape(count, 2)
        data = blocks.reshape(-1)
        values = dequantize(blocks, kind)
    data = numpy.ascontiguousarray(data).reshape(-1)
    values = numpy.ascontiguousarray(values, numpy.float32).reshape(-1)
    head = struct.pack("<III", int(kind), data.size, values.size)
    return head + data.tobytes() + values.astype("<f4").tobytes()


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    default = root / "Tests/KernelsTests/Fixtures/gguf-blocks.bin"
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    path.parent.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(20240719)
    path.write_bytes(b"".join(record(random, name) for name in TYPES))


if __name__ == "__main__":
    main()
