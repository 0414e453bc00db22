"""Attention of com.microsoft, which onnxruntime's optimizers make of transformers, with its masks, biases and caches,
against onnxruntime."""

import numpy as np
from nodes import Fixed, MicrosoftNodes
from support import GeneratorTest, main

RANDOM = np.random.default_rng(17)
BATCH, QUERIES, HEADS, SIZE, PAST = 2, 3, 2, 16, 5
WIDTH = HEADS * SIZE


def normal(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def integers(*numbers):
    return np.array(numbers, np.int32)


class AttentionNodes(MicrosoftNodes):
    def add(self, operator, *operands, **attributes):
        return super().add(operator, *operands, num_heads=HEADS, **attributes)


def masks(queries, keys):
    """One of each form: lengths, lengths and first keys, keys of the batch, keys of each query."""
    yield integers(keys - 1, keys)
    yield integers(keys - 1, keys, 0, 1)
    yield RANDOM.integers(0, 2, (BATCH, keys)).astype(np.int32)
    yield RANDOM.integers(0, 2, (BATCH, queries, keys)).astype(np.int32)


def attentions():
    nodes = AttentionNodes()
    x, w, b = normal(BATCH, QUERIES, 6), normal(6, 3 * WIDTH), normal(3 * WIDTH)
    past, biases = normal(2, BATCH, HEADS, PAST, SIZE), normal(1, HEADS, QUERIES, QUERIES)
    nodes.add("Attention", x, w, b)
    nodes.add("Attention", x, w, b, scale=0.3)
    nodes.add("Attention", x, normal(6, 2 * WIDTH + 6), normal(2 * WIDTH + 6), qkv_hidden_sizes=[WIDTH, WIDTH, 6])
    nodes.add("Attention", x, w, b, None, None, biases)
    nodes.add("Attention", x, w, b, None, None, np.concatenate([biases, biases + 1]), unidirectional=1)
    nodes.add("Attention", x, w, b, unidirectional=1)
    nodes.add("Attention", x, w, b, None, past, results=2)
    nodes.add("Attention", x, w, b, None, past, results=2, unidirectional=1)
    for mask in masks(QUERIES, QUERIES):
        nodes.add("Attention", x, w, b, mask)
        nodes.add("Attention", x, w, b, mask, unidirectional=1, mask_filter_value=-1000.0)
    for mask in masks(QUERIES, PAST + QUERIES):
        nodes.add("Attention", x, w, b, mask, past, results=2, unidirectional=1)
    return nodes


def multi_head_attentions():
    nodes = AttentionNodes()
    q, k, v = normal(BATCH, QUERIES, WIDTH), normal(BATCH, PAST, WIDTH), normal(BATCH, PAST, 6)
    alike = normal(BATCH, PAST, WIDTH)
    past = normal(BATCH, HEADS, 2, SIZE), normal(BATCH, HEADS, 2, SIZE)
    nodes.add("MultiHeadAttention", q, k, v)
    nodes.add("MultiHeadAttention", q, k, v, normal(2 * WIDTH + 6), scale=0.25)
    nodes.add("MultiHeadAttention", q, k, v, None, None, normal(BATCH, 1, QUERIES, PAST))
    nodes.add("MultiHeadAttention", q, normal(BATCH, HEADS, PAST, SIZE), normal(BATCH, HEADS, PAST, SIZE))
    nodes.add("MultiHeadAttention", q, q + 1, q - 1, normal(3 * WIDTH), unidirectional=1)
    nodes.add("MultiHeadAttention", q, k, alike, None, None, None, *past, results=3)
    nodes.add("MultiHeadAttention", q, q + 1, q - 1, None, None, None, *past, results=3, unidirectional=1)
    for mask in (integers(PAST - 1, PAST), RANDOM.integers(0, 2, (BATCH, PAST)).astype(np.int32)):
        nodes.add("MultiHeadAttention", q, k, alike, None, mask)
    return nodes


def packed():
    """Of queries, keys and values side by side, which onnxruntime has on other processors only; and the same apart."""
    both = AttentionNodes(), AttentionNodes()
    q, kv, qkv = normal(BATCH, QUERIES, WIDTH), normal(BATCH, PAST, HEADS, 2, SIZE), normal(BATCH, PAST, HEADS, 3, SIZE)
    both[0].add("MultiHeadAttention", qkv)
    both[1].add("MultiHeadAttention", *(qkv[..., k, :].reshape(BATCH, PAST, WIDTH) for k in range(3)))
    both[0].add("MultiHeadAttention", q, kv)
    both[1].add("MultiHeadAttention", q, *(kv[..., k, :].reshape(BATCH, PAST, WIDTH) for k in range(2)))
    return both


def without_bias():
    """onnxruntime 1.31 crashes without a bias."""
    both = AttentionNodes(), AttentionNodes()
    x, w = normal(BATCH, QUERIES, 6), normal(6, 3 * WIDTH)
    both[0].add("Attention", x, w)
    both[1].add("Attention", x, w, np.zeros(3 * WIDTH, np.float32))
    return both


def rotations():
    nodes = MicrosoftNodes()
    cosines, sines = normal(9, SIZE // 2), normal(9, SIZE // 2)
    places = np.array([[4, 0, 8], [1, 2, 3]], np.int64)
    for x in (normal(BATCH, QUERIES, WIDTH), normal(BATCH, HEADS, QUERIES, SIZE)):
        for attributes in ({}, {"interleaved": 1}, {"num_heads": HEADS}):
            for positions in (places, np.array([6], np.int64)):
                nodes.add("RotaryEmbedding", x, positions, cosines, sines, **attributes)
    nodes.add(
        "RotaryEmbedding",
        normal(BATCH, QUERIES, 2 * WIDTH),
        places,
        cosines,
        sines,
        num_heads=HEADS,
        rotary_embedding_dim=SIZE,
    )
    return nodes


class CacheNodes(MicrosoftNodes):
    """Attention of four heads over two heads of keys."""

    def add(self, operands, cache=(None, None), lengths=(), total=0, further=(), results=3, **attributes):
        lengths, total = integers(*lengths), Fixed(np.array(total, np.int32))
        heads = {"num_heads": 4, "kv_num_heads": 2}
        operands = *operands, *cache, lengths, total, *further
        return super().add("GroupQueryAttention", *operands, results=results, **heads, **attributes)


def calls(positions):
    """Queries, keys and values; and the same in one."""
    apart = normal(BATCH, positions, 4 * SIZE), normal(BATCH, positions, 2 * SIZE), normal(BATCH, positions, 2 * SIZE)
    yield apart
    yield np.concatenate(apart, axis=2), None, None


def caches():
    nodes = CacheNodes()
    turns = normal(12, SIZE // 2), normal(12, SIZE // 2)
    cache = normal(BATCH, 2, PAST, SIZE), normal(BATCH, 2, PAST, SIZE)
    for options in (
        {},
        {"scale": 0.25, "softcap": 2.0},
        {"local_window_size": 2},
        {"further": turns, "do_rotary": 1},
        {"further": turns, "do_rotary": 1, "rotary_interleaved": 1},
    ):
        for call in calls(QUERIES):
            nodes.add(call, lengths=(QUERIES - 1, QUERIES - 1), total=QUERIES, **options)
        for call in calls(1):
            nodes.add(call, cache, (PAST, PAST), PAST + 1, **options)
            nodes.add(call, cache, (PAST - 1, PAST - 1), PAST, **options)
    call, _ = calls(2)
    of_one, cache_of_one = [part[:1] for part in call], [part[:1] for part in cache]
    places, bias = np.array([[3, 1]], np.int64), normal(1, 4, 2, PAST + 2)
    for further, attributes in (((), {}), ((*turns, places), {"do_rotary": 1}), ((None, None, None, bias), {})):
        nodes.add(of_one, cache_of_one, (PAST + 1,), PAST + 2, further, **attributes)
    return nodes


ALL = attentions, multi_head_attentions, caches, rotations


class FusedAttention(GeneratorTest):
    def test_attention(self):
        attentions().check_like_onnxruntime(self, 1e-5, 3e-6)

    def test_multi_head_attention(self):
        multi_head_attentions().check_like_onnxruntime(self, 1e-5, 3e-6)

    def test_other_forms(self):
        for nodes, alike in (packed(), without_bias()):
            nodes.check_like_onnxruntime(self, 1e-5, 3e-6, alike)

    def test_caches(self):
        caches().check_like_onnxruntime(self, 1e-5, 3e-6)

    def test_rotary_embedding(self):
        rotations().check_like_onnxruntime(self, 1e-5, 3e-6)


if __name__ == "__main__":
    main()
