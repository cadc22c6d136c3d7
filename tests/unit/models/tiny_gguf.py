"""Writes weights of 100 KB that llama.cpp loads and runs: random, so that they babble, but by the real code.

The form is GGUF version 3 (docs/gguf.md of ggml): magic, version, counts, typed key-values, tensor table, aligned data.
"""

import random
import struct

_ALIGNMENT = 32
_EMBED, _HEADS, _FEED, _CONTEXT = 32, 2, 64, 2**15
_END = 2
_CHAT = "{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}assistant:"


def _string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


_SCALARS = {"u32": (4, "<I"), "i32": (5, "<i"), "f32": (6, "<f"), "bool": (7, "<?")}


def _value(kind, value):
    if kind == "str":
        return struct.pack("<I", 8) + _string(value)
    if kind == "strs":
        return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(_string, value))
    if kind.endswith("s"):
        code, form = _SCALARS[kind[:-1]]
        return struct.pack("<IIQ", 9, code, len(value)) + b"".join(struct.pack(form, item) for item in value)
    code, form = _SCALARS[kind]
    return struct.pack("<I", code) + struct.pack(form, value)


def _vocabulary():
    """Tokens, scores and kinds (2 unknown, 3 control, 6 byte, 1 normal) of a tokenizer that knows every byte."""
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "\u2581"]
    kinds = [2, 3, 3, *[6] * 256, 1]
    return tokens, [0.0] * len(tokens), kinds


def _tensors(words):
    """Names and shapes, fastest dimension first."""
    square, up, down = (_EMBED, _EMBED), (_EMBED, _FEED), (_FEED, _EMBED)
    block = {
        "attn_norm": (_EMBED,), "attn_q": square, "attn_k": square, "attn_v": square, "attn_output": square,
        "ffn_norm": (_EMBED,), "ffn_gate": up, "ffn_up": up, "ffn_down": down,
    }  # fmt: skip
    ends = {"token_embd.weight": (_EMBED, words), "output_norm.weight": (_EMBED,), "output.weight": (_EMBED, words)}
    return ends | {f"blk.0.{name}.weight": shape for name, shape in block.items()}


def write_tiny_gguf(path, seed=0):
    tokens, scores, kinds = _vocabulary()
    metadata = {
        "general.architecture": ("str", "llama"),
        "general.name": ("str", "claims to be something else"),
        "general.alignment": ("u32", _ALIGNMENT),
        "llama.context_length": ("u32", _CONTEXT),
        "llama.embedding_length": ("u32", _EMBED),
        "llama.block_count": ("u32", 1),
        "llama.feed_forward_length": ("u32", _FEED),
        "llama.attention.head_count": ("u32", _HEADS),
        "llama.attention.head_count_kv": ("u32", _HEADS),
        "llama.attention.layer_norm_rms_epsilon": ("f32", 1e-5),
        "llama.rope.dimension_count": ("u32", _EMBED // _HEADS),
        "llama.vocab_size": ("u32", len(tokens)),
        "tokenizer.ggml.model": ("str", "llama"),
        "tokenizer.ggml.tokens": ("strs", tokens),
        "tokenizer.ggml.scores": ("f32s", scores),
        "tokenizer.ggml.token_type": ("i32s", kinds),
        "tokenizer.ggml.bos_token_id": ("u32", 1),
        "tokenizer.ggml.eos_token_id": ("u32", _END),
        "tokenizer.ggml.unknown_token_id": ("u32", 0),
        "tokenizer.ggml.add_bos_token": ("bool", True),
        "tokenizer.chat_template": ("str", _CHAT),
    }
    source = random.Random(seed)
    table, data = b"", b""
    tensors = _tensors(len(tokens))
    for name, shape in tensors.items():
        table += _string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        size = 1
        for length in shape:
            size *= length
        weights = [1.0] * size if "norm" in name else [source.gauss(0, 0.3) for _ in range(size)]
        if name == "output.weight":
            weights[_END * _EMBED : (_END + 1) * _EMBED] = [0.0] * _EMBED  # it never comes to an end by itself
        data += struct.pack(f"<{size}f", *weights)
        data += b"\0" * (-len(data) % _ALIGNMENT)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    head += b"".join(_string(key) + _value(*value) for key, value in metadata.items()) + table
    path.write_bytes(head + b"\0" * (-len(head) % _ALIGNMENT) + data)
    return path
